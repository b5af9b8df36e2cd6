import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Key, keysQuery, type RotatedKey, rotateKey } from '@/api/keys'
import { Button } from '@/parts/Button'
import { Dialog } from '@/parts/Dialog'
import { ProblemStrip } from '@/parts/Problem'
import { SelectField } from '@/parts/SelectField'
import { useAccount } from '@/shell/session'
import styles from './Keys.module.css'

/** For how many minutes both keys work. */
const OVERLAPS = ['0', '60', '1440', '10080'] as const

interface RotateKeyProps {
  rotated: Key
  onClose: () => void
  onMade: (made: RotatedKey) => void
}

/** Makes a key that takes the place of another, and says how long the old one goes on. */
export function RotateKey({ rotated, onClose, onMade }: RotateKeyProps) {
  const t = useTranslations('keys')
  const form = useId()
  const account = useAccount()
  const queries = useQueryClient()
  const [overlap, setOverlap] = useState<(typeof OVERLAPS)[number]>('1440')
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => rotateKey(account.id, rotated.id, Number(overlap)),
    onSuccess: async (made) => {
      onMade(made)
      await queries.invalidateQueries({ queryKey: keysQuery(account.id).queryKey })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate()
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('rotate_title', { name: rotated.name })}
      width={480}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button look="primary" type="submit" form={form} loading={isPending}>
            {t('rotate_submit')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className={styles.stack}>
        <p>{t('rotate_lead')}</p>
        <SelectField
          data-autofocus
          label={t('rotate_overlap')}
          value={overlap}
          onChange={(event) => setOverlap(event.currentTarget.value as typeof overlap)}
          data={OVERLAPS.map((value) => ({ value, label: t(`overlap.${value}`) }))}
        />
        {error !== null && <ProblemStrip error={error} />}
      </form>
    </Dialog>
  )
}
