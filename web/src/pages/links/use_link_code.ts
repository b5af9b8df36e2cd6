import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { codeOf } from '../setup/step'

/**
 * The code of the link that led here; empty when there is none. It leaves the address bar at once, so that it stays
 * in no history and on no picture of the screen.
 */
export function useLinkCode(): string {
  const { hash, pathname } = useLocation()
  const navigate = useNavigate()
  const given = codeOf(hash)
  const [code, setCode] = useState(given)
  useEffect(() => {
    if (given === '') return
    setCode(given)
    void navigate({ href: `/ui${pathname}`, hash: '', replace: true })
  }, [given, pathname, navigate])
  return code
}
