import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { problemOf } from '@/api/problem'
import { sessionQuery, setUp } from '@/api/session'
import { CodeStep } from './CodeStep'
import { OwnerStep, type TypedOwner } from './OwnerStep'
import { codeOf } from './step'

/** The code that the server printed, then the owner; both are sent together. */
export function OwnerSteps() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const given = codeOf(useLocation().hash)
  const [code, setCode] = useState(given)
  const [step, setStep] = useState<'code' | 'owner'>(given === '' ? 'code' : 'owner')
  const [typed, setTyped] = useState<TypedOwner>({ name: '', email: '', password: '' })
  // The link may be opened in a tab that shows this page already; then only the hash changes.
  useEffect(() => {
    if (given === '') return
    setCode(given)
    setStep('owner')
  }, [given])
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: (owner: TypedOwner) => setUp(code.trim(), owner),
    onSuccess: async (session) => {
      queries.setQueryData(sessionQuery.queryKey, session)
      // The code has done its work and stays in no history.
      await navigate({ to: '/setup', hash: '', replace: true })
    },
    onError: (failure) => {
      if (problemOf(failure).code === 'setup_code_wrong') setStep('code')
      if (problemOf(failure).code === 'setup_done') {
        void queries.invalidateQueries({ queryKey: sessionQuery.queryKey })
      }
    },
  })
  if (step === 'code') {
    return (
      <CodeStep
        code={code}
        onCode={(next) => {
          setCode(next)
          reset()
        }}
        isWrong={problemOf(error).code === 'setup_code_wrong'}
        onNext={() => {
          reset()
          setStep('owner')
        }}
      />
    )
  }
  return (
    <OwnerStep
      typed={typed}
      onTyped={setTyped}
      error={error}
      isPending={isPending}
      onBack={() => setStep('code')}
      onNext={(owner) => mutate(owner)}
    />
  )
}
