import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { resourceQuery } from '@/api/resources'
import { useAccount } from '@/shell/session'
import styles from './ResourceNav.module.css'
import { inSentence, usePlural } from './type_name'

/** A resource in the path of a screen. */
export interface ResourceKey {
  readonly type: string
  readonly id: string
}

/** The newest name of a resource; until it is there, its id. */
export function useResourceName({ type, id }: ResourceKey): string {
  const { data } = useQuery(resourceQuery(useAccount().id, type, id))
  return data?.name || id
}

/** Where the resource stands, and its two screens: *Overview* and *Audit logs*. */
export function ResourceNav({ type, id }: ResourceKey) {
  const t = useTranslations('resources')
  const account = useAccount().id
  const plural = usePlural(type)
  const name = useResourceName({ type, id })
  const params = { account, type, id }
  const current = { 'aria-current': 'page' } as const
  return (
    <div className={styles.nav}>
      <nav aria-label={t('breadcrumb')}>
        <ol className={styles.crumbs}>
          <li className={styles.plain}>{plural}</li>
          <li>
            <IconChevronRight size={13} aria-hidden />
            <Link to="/a/$account/resources/$type" params={{ account, type }}>
              {t('list.title', { plural: inSentence(plural) })}
            </Link>
          </li>
          <li>
            <IconChevronRight size={13} aria-hidden />
            <bdi>{name}</bdi>
          </li>
        </ol>
      </nav>
      <nav aria-label={name}>
        <ul className={styles.screens}>
          <li>
            <Link
              to="/a/$account/resources/$type/$id"
              params={params}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={current}
              className={styles.screen ?? ''}
            >
              {t('overview.title')}
            </Link>
          </li>
          <li>
            <Link
              to="/a/$account/resources/$type/$id/log"
              params={params}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={current}
              className={styles.screen ?? ''}
            >
              {t('log.title')}
            </Link>
          </li>
        </ul>
      </nav>
    </div>
  )
}
