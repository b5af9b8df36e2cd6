import { useEffect, useState } from 'react'
import { now } from '@/time/clock'

/** Whole seconds until an instant (milliseconds of the epoch), counted down; 0 when it is over or there is none. */
export function useCountdown(until: number | null): number {
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (until === null) {
      setLeft(0)
      return
    }
    const look = () => {
      const seconds = Math.max(0, Math.ceil((until - now().epochMilliseconds) / 1000))
      setLeft(seconds)
      if (seconds === 0) clearInterval(timer)
    }
    const timer = setInterval(look, 250)
    look()
    return () => clearInterval(timer)
  }, [until])
  return left
}
