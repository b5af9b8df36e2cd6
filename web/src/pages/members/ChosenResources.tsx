import { IconX } from '@tabler/icons-react'
import { useTranslations } from 'use-intl'
import type { MemberResource } from '@/api/members'
import { IconButton } from '@/parts/IconButton'
import styles from './Members.module.css'

interface ChosenResourcesProps {
  resources: readonly MemberResource[]
  onRemove: (resource: MemberResource) => void
}

/** The resources to which somebody is restricted, each with the way to take it out. */
export function ChosenResources({ resources, onRemove }: ChosenResourcesProps) {
  const t = useTranslations('members')
  if (resources.length === 0) return null
  return (
    <ul className={styles.chips} aria-label={t('sees_label')}>
      {resources.map((resource) => (
        <li key={`${resource.type} ${resource.id}`} className={styles.chip}>
          <span>
            {resource.type} <code>{resource.id}</code>
          </span>
          <IconButton
            size="sm"
            label={t('remove_resource', { type: resource.type, id: resource.id })}
            onClick={() => onRemove(resource)}
          >
            <IconX size={14} />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
