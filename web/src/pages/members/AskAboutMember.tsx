import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { type Member, membersQuery } from '@/api/members'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { useAccount } from '@/shell/session'
import { GrantProblem } from './GrantProblem'
import styles from './Members.module.css'

interface AskAboutMemberProps {
  member: Member
  title: string
  body: string
  /** The text of the button, which names the person. */
  submit: string
  run: (account: string, member: string) => Promise<void>
  onClose: () => void
  onDone?: () => void
}

/** Asks before something is taken from a person. */
export function AskAboutMember(props: AskAboutMemberProps) {
  const { member, title, body, submit, run, onClose, onDone = onClose } = props
  const t = useTranslations('members')
  const account = useAccount()
  const queries = useQueryClient()
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => run(account.id, member.id),
    onSuccess: async () => {
      onDone()
      await queries.invalidateQueries({ queryKey: membersQuery(account.id).queryKey })
    },
  })
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      width={480}
      actions={
        <>
          <Button onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
          <Button look="danger" loading={isPending} onClick={() => mutate()}>
            {submit}
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <p>{body}</p>
        <GrantProblem error={error} name={member.name} />
      </div>
    </Dialog>
  )
}
