import { useMantineColorScheme } from '@mantine/core'
import { useTranslations } from 'use-intl'
import { Button } from '@/parts/Button'
import { CheckField } from '@/parts/CheckField'
import { ChoiceField } from '@/parts/ChoiceField'
import { FormSection } from '@/parts/FormSection'
import { showOverlay } from '@/shell/overlays'
import type { FieldsProps } from './TimeFields'

/** Theme and keyboard. */
export function ScreenFields({ chosen, onChange }: FieldsProps) {
  const t = useTranslations('preferences')
  // The browser remembers the theme, so that a page is drawn in it before anything is loaded.
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <>
      <FormSection title={t('theme')}>
        <ChoiceField
          label={t('colours')}
          value={colorScheme === 'auto' ? 'system' : colorScheme}
          onChange={(theme) => {
            setColorScheme(theme === 'system' ? 'auto' : theme)
            onChange({ theme })
          }}
          choices={[
            { value: 'system', label: t('system') },
            { value: 'light', label: t('light') },
            { value: 'dark', label: t('dark') },
          ]}
        />
      </FormSection>
      <FormSection title={t('keyboard')}>
        <CheckField
          label={t('single_keys')}
          detail={t('single_keys_detail')}
          checked={chosen.single_keys}
          onChange={(single_keys) => onChange({ single_keys })}
        />
        <p>
          <Button size="sm" onClick={() => showOverlay('shortcuts')}>
            {t('show_keys')}
          </Button>
        </p>
      </FormSection>
    </>
  )
}
