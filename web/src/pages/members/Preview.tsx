import { useTranslations } from 'use-intl'
import { useHiddenNames } from '@/parts/HiddenFacets'
import { type Difference, isSame } from './difference'
import styles from './Members.module.css'
import { usePermissionNames } from './permission_names'

/** What another role gives and takes, in words, before it is applied. */
export function Preview({ name, difference }: { name: string; difference: Difference }) {
  const t = useTranslations('members')
  const names = usePermissionNames()
  const parts = useHiddenNames()
  const gained = [
    ...names(difference.gained),
    ...(difference.shown.length > 0 ? [t('will_see', { parts: parts(difference.shown) })] : []),
  ]
  const lost = [
    ...names(difference.lost),
    ...(difference.hidden.length > 0 ? [t('will_miss', { parts: parts(difference.hidden) })] : []),
  ]
  return (
    <section className={styles.preview} aria-live="polite" aria-label={t('preview')}>
      {isSame(difference) ? (
        <p className={styles.text}>{t('preview_same', { name })}</p>
      ) : (
        <>
          <Side title={t('gains', { name })} kind="gain" lines={gained} />
          <Side title={t('loses', { name })} kind="loss" lines={lost} />
        </>
      )}
    </section>
  )
}

function Side({
  title,
  kind,
  lines,
}: {
  title: string
  kind: 'gain' | 'loss'
  lines: readonly string[]
}) {
  const t = useTranslations('members')
  return (
    <div className={styles.side}>
      <h3 className={styles.side_title}>{title}</h3>
      {lines.length === 0 ? (
        <p className={styles.text}>{t('nothing')}</p>
      ) : (
        <ul className={styles[kind]}>
          {lines.map((line) => (
            <li key={line}>
              <span aria-hidden className={styles.sign}>
                {kind === 'gain' ? '+' : '−'}
              </span>
              {line}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
