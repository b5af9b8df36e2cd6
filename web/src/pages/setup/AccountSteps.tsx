import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { problemOf } from '@/api/problem'
import { sessionQuery } from '@/api/session'
import { createAccount } from '@/api/setup'
import { type WeekStart, weekStartOf } from '@/time/week'
import { browserZone } from '@/time/zone'
import { AccountStep, type TypedAccount } from './AccountStep'
import { TimeStep } from './TimeStep'

/** The account, then its clock; both are sent together. */
export function AccountSteps() {
  const queries = useQueryClient()
  const [step, setStep] = useState<'account' | 'time'>('account')
  const [typed, setTyped] = useState<TypedAccount>({ name: '', id: null })
  const [zone, setZone] = useState(browserZone())
  const [week, setWeek] = useState<WeekStart>(weekStartOf(navigator.language))
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      createAccount({ id, name, time_zone: zone, week_start: week }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionQuery.queryKey }),
    onError: (failure) => {
      if (problemOf(failure).status === 409) setStep('account')
    },
  })
  const isTaken = problemOf(error).status === 409
  if (step === 'account') {
    return (
      <AccountStep
        typed={typed}
        onTyped={(next) => {
          setTyped(next)
          reset()
        }}
        isTaken={isTaken}
        onNext={(id) => {
          setTyped({ ...typed, id })
          setStep('time')
        }}
      />
    )
  }
  return (
    <TimeStep
      zone={zone}
      onZone={setZone}
      week={week}
      onWeek={setWeek}
      error={isTaken ? null : error}
      isPending={isPending}
      onBack={() => setStep('account')}
      onNext={() => mutate({ id: typed.id ?? '', name: typed.name.trim() })}
    />
  )
}
