import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { OpenSession } from '@/api/security'
import { Button } from '@/parts/Button'
import { Moment } from '@/parts/Moment'
import { Tag } from '@/parts/Tag'
import { useDisplay } from '@/shell/display'
import { agentWords } from './agent_words'
import styles from './Security.module.css'

const PHONES = ['iPhone', 'iPad', 'Android']
/** Companies' own sign-ins are `oidc:` and which. */
const METHODS = ['password', 'setup', 'invitation', 'oidc'] as const

interface SessionLineProps {
  session: OpenSession
  isEnding: boolean
  onEnd: (words: string) => void
}

/** One session: on what, from where, how, and when it was last used. */
export function SessionLine({ session, isEnding, onEnd }: SessionLineProps) {
  const t = useTranslations('security')
  const { zone } = useDisplay()
  const { browser, device } = agentWords(session.user_agent)
  const words =
    browser !== null && device !== null
      ? t('browser_on', { browser, device })
      : (browser ?? device ?? t('unknown_device'))
  const Sign = PHONES.includes(device ?? '') ? IconDeviceMobile : IconDeviceDesktop
  const method = METHODS.find((one) => one === session.method.split(':')[0])
  return (
    <li className={styles.session}>
      <Sign size={20} stroke={1.6} aria-hidden className={styles.device} />
      <div className={styles.about}>
        <p className={styles.words}>
          {words} {session.current && <Tag tone="accent">{t('this_browser')}</Tag>}
        </p>
        <p className={styles.meta}>
          {session.ip != null && <>{session.ip} · </>}
          {session.current ? (
            t('used_now')
          ) : (
            <>
              {t('used')} <Moment at={session.last_used_at} zone={zone} show="elapsed" />
            </>
          )}
          {' · '}
          {t('signed_in_on')} <Moment at={session.created_at} zone={zone} show="day" />
          {method !== undefined && <> {t(`method.${method}`)}</>}
        </p>
      </div>
      {!session.current && (
        <Button size="sm" loading={isEnding} onClick={() => onEnd(words)}>
          {t('end')}
          <span className="visually-hidden"> {words}</span>
        </Button>
      )}
    </li>
  )
}
