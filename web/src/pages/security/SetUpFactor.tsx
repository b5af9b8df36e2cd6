import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type OfferedFactor, secondFactorQuery } from '@/api/security'
import { sessionQuery } from '@/api/session'
import { AskPassword } from './AskPassword'
import { RecoveryCodes } from './RecoveryCodes'
import { ScanFactor } from './ScanFactor'

/** Three steps, one after the other: who asks, the app, the codes for the day on which the app is gone. */
export function SetUpFactor({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient()
  const [offered, setOffered] = useState<OfferedFactor | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  if (codes !== null) return <RecoveryCodes codes={codes} isFirst onClose={onClose} />
  if (offered === null) return <AskPassword onClose={onClose} onOffered={setOffered} />
  const confirmed = (given: readonly string[]) => {
    setCodes(given)
    void queries.invalidateQueries({ queryKey: secondFactorQuery.queryKey })
    void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }
  return <ScanFactor offered={offered} onClose={onClose} onConfirmed={confirmed} />
}
