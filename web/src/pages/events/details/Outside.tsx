import { IconExternalLink } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import { Fact } from './Fact'
import styles from './Summary.module.css'

/** A link into the product that wrote the event; anything but a web address is shown as the text it is. */
export function Outside({ href }: { href: string }) {
  const t = useTranslations('details')
  const parts = useTranslations('parts')
  return (
    <Fact label={t('what.link')}>
      {isWeb(href) ? (
        <a href={href} target="_blank" rel="noreferrer noopener" className={styles.outside}>
          {href}
          <IconExternalLink size={13} aria-hidden />
          <span className="visually-hidden">{parts('new_tab')}</span>
        </a>
      ) : (
        <code>{href}</code>
      )}
    </Fact>
  )
}

function isWeb(href: string): boolean {
  return URL.canParse(href) && /^https?:$/.test(new URL(href).protocol)
}
