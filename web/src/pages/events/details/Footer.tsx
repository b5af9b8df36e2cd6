import { IconBraces, IconCheck, IconLink } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { EventDetails } from '@/api/event'
import { Button } from '@/parts/Button'
import { copyText } from '@/parts/clipboard'
import { useShortcut } from '@/shell/shortcuts'
import styles from './DetailsPanel.module.css'
import { jsonOf } from './Json'
import { useActions } from './panel_context'

/** What can be taken along: the address of the event, and the event. */
export function Footer({ event }: { event: EventDetails }) {
  const t = useTranslations('details')
  const [copied, setCopied] = useState<'link' | 'json' | 'refused' | null>(null)
  const link = useEventLink(event.id)
  useEffect(() => {
    if (copied === null) return
    const timer = setTimeout(() => setCopied(null), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = (what: 'link' | 'json', text: string) => {
    void copyText(text).then((done) => setCopied(done ? what : 'refused'))
  }
  useShortcut('c', t('actions.link_key'), () => copy('link', link))
  const sign = (what: 'link' | 'json', Sign: typeof IconLink) =>
    copied === what ? <IconCheck size={15} aria-hidden /> : <Sign size={15} aria-hidden />
  return (
    <footer className={styles.footer}>
      <Button size="sm" leftSection={sign('link', IconLink)} onClick={() => copy('link', link)}>
        {t('actions.link')}
        {/* The list has a link of its own. */}
        <span className="visually-hidden">{t('actions.to_event')}</span>
      </Button>
      <Button
        size="sm"
        leftSection={sign('json', IconBraces)}
        onClick={() => copy('json', jsonOf(event))}
      >
        {t('actions.json')}
      </Button>
      <span role="status" className={styles.status}>
        {copied !== null && t(`actions.copied_${copied}`)}
      </span>
    </footer>
  )
}

/** The full address that opens this event in the log of its account, whatever list it was found in. */
function useEventLink(id: string): string {
  const router = useRouter()
  const { account } = useActions()
  const { href } = router.buildLocation({
    to: '/a/$account/events',
    params: { account },
    search: { e: id } as never,
  })
  return new URL(router.history.createHref(href), window.location.origin).href
}
