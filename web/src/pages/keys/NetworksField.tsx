import { useTranslations } from 'use-intl'
import { TextArea } from '@/parts/TextArea'

interface NetworksFieldProps {
  text: string
  onChange: (text: string) => void
  error: string | undefined
}

/** From which addresses a key may be used. */
export function NetworksField({ text, onChange, error }: NetworksFieldProps) {
  const t = useTranslations('keys')
  return (
    <TextArea
      label={t('networks')}
      description={t('networks_hint')}
      rows={2}
      spellCheck={false}
      autoComplete="off"
      value={text}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
