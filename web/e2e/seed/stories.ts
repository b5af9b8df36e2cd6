import type { NewEvent } from '../server'
import { ANA, before, LILY, NINA, OMAR, TOM } from './people'

/** The agent that was renamed: its id, and its names before and after. */
export const AGENT_A = { id: 'agt_a', before: 'Refund triage', after: 'Refund desk' } as const
/** Another agent, whose events must not stand in the log of the first. */
export const AGENT_B = { id: 'agt_b', name: 'Invoice reader' } as const

/** The instant of the first sentence of the seeds, in UTC. */
export const INBOX_AT = '2023-06-22T15:06:00Z'
/** The address of a failed login, and the place that came with it. */
export const FAILED_LOGIN = { ip: '198.51.100.77', location: 'Porto, Portugal' } as const

const KINDS = ['assist_bot', 'automation_rule', 'inbox_collaborator', 'inbox_webhook', 'team']
const VERBS = ['create', 'update', 'delete']

/** Customer service: 18 events, each with the inbox that it affects. */
function liveAgent(now: number): NewEvent[] {
  const actor = { type: 'user', email: 'JOHN@Example.com' }
  const inbox = { type: 'inbox', id: '24725', name: 'Orders' }
  const others = KINDS.flatMap((type, kind) =>
    VERBS.map((verb, at) => ({
      action: `${type}.${verb}`,
      occurred_at: before(now, 12, kind * 30 + at),
      actor,
      targets: [{ type, id: String(370 + kind * 3 + at) }, inbox],
    })),
  )
  return [
    {
      action: 'inbox.create',
      occurred_at: INBOX_AT,
      actor,
      targets: [{ type: 'inbox', id: '24725' }],
    },
    {
      action: 'inbox.update',
      occurred_at: before(now, 11),
      actor,
      targets: [inbox],
      changes: [
        { path: '/name', old: 'Orders (old)', new: 'Orders' },
        { path: '/greeting_enabled', old: false, new: true },
      ],
      metadata: { inbox_id: '24725', inbox_name: 'Orders' },
    },
    { action: 'inbox.delete', occurred_at: before(now, 10), actor, targets: [inbox] },
    ...others,
  ]
}

/** An organization: models added and removed, who may join, a purchase. */
function kilo(now: number): NewEvent[] {
  const organization = { type: 'organization', id: 'org_1', name: 'Acme Inc.' }
  return [
    {
      action: 'organization.settings.change',
      occurred_at: before(now, 2, 15),
      actor: ANA,
      targets: [organization],
      changes: [
        {
          path: '/models',
          old: ['claude-3', 'gpt-4o', 'mistral-large'],
          new: ['claude-3', 'gpt-5', 'llama-4', 'mistral-large'],
        },
      ],
      metadata: { models_added: ['gpt-5', 'llama-4'], models_removed: ['gpt-4o'] },
    },
    {
      action: 'organization.user.login',
      occurred_at: before(now, 2, 16),
      actor: ANA,
      metadata: { email_id: ANA.email },
    },
    {
      action: 'organization.purchase_credits',
      occurred_at: before(now, 2, 17),
      actor: ANA,
      targets: [organization],
      metadata: { credits: 250, currency: 'USD' },
    },
  ]
}

/** What went wrong, and what the machine itself did. */
function trouble(now: number): NewEvent[] {
  return [
    {
      action: 'auth.login',
      occurred_at: before(now, 1, 5),
      actor: TOM,
      outcome: { result: 'failure', code: 'wrong_password', reason: 'the password is wrong' },
      context: { ...FAILED_LOGIN, user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    },
    {
      action: 'data.read',
      occurred_at: before(now, 1, 4),
      actor: TOM,
      targets: [{ type: 'customer', id: 'cus_9', name: 'Globex' }],
      outcome: { result: 'denied', reason: 'not a member of the team' },
    },
    {
      action: 'data.read',
      occurred_at: before(now, 1, 3),
      actor: LILY,
      targets: [{ type: 'customer', id: 'cus_9', name: 'Globex' }],
    },
    {
      action: 'system.error',
      occurred_at: before(now, 1, 2),
      targets: [{ type: 'component', id: 'mailer', name: 'Mailer' }],
      outcome: { result: 'error', code: 'SMTP_421', reason: 'the mail server is unavailable' },
    },
    {
      action: 'data.create',
      occurred_at: before(now, 1, 1),
      actor: LILY,
      targets: [{ type: 'record', id: 'rec_1', name: 'Delivery note 1' }],
      changes: [{ path: '/status', new: 'draft' }],
    },
    {
      action: 'data.delete',
      occurred_at: before(now, 1),
      actor: LILY,
      targets: [{ type: 'record', id: 'rec_1', name: 'Delivery note 1' }],
      changes: [{ path: '/status', old: 'draft' }],
    },
  ]
}

const LONG_BEFORE =
  'Refunds are paid within fourteen days. Customers must keep the original packaging and send a photo.'
const LONG_AFTER =
  'Refunds are paid within seven days. Customers must keep the original packaging and send a photo of it.'

/** One event whose changes are of every kind that the details can show. */
function everyKind(now: number): NewEvent {
  return {
    action: 'setting.change',
    occurred_at: before(now, 4, 30),
    actor: OMAR,
    targets: [{ type: 'setting', id: 'set_refunds', name: 'Refund policy' }],
    changes: [
      { path: '/policy', old: LONG_BEFORE, new: LONG_AFTER },
      { path: '/limit', old: 100, new: 250 },
      { path: '/automatic', old: false, new: true },
      { path: '/countries', old: ['DE', 'FR', 'PT'], new: ['DE', 'PT', 'ES'] },
      { path: '/api_secret', old: '[redacted]', new: '[redacted]' },
      { path: '/contact', old: null, new: { id: 'usr_2', name: 'Omar Haddad' } },
      { path: '/label', old: 'same', new: 'same' },
    ],
  }
}

/** The lives of two agents; the first got another name on the way. */
function agents(now: number): NewEvent[] {
  const old = { type: 'agent', id: AGENT_A.id, name: AGENT_A.before }
  const renamed = { type: 'agent', id: AGENT_A.id, name: AGENT_A.after }
  const other = { type: 'agent', id: AGENT_B.id, name: AGENT_B.name }
  const model = { type: 'model', id: 'mdl_llama', name: 'Llama 4 Scout' }
  const about = { agent_id: AGENT_A.id, agent_name: AGENT_A.before }
  const rename = [{ path: '/name', old: AGENT_A.before, new: AGENT_A.after }]
  return [
    {
      action: 'agent.create',
      occurred_at: before(now, 20),
      actor: LILY,
      targets: [old],
      metadata: about,
    },
    {
      action: 'agent.update',
      occurred_at: before(now, 15),
      actor: LILY,
      targets: [renamed],
      changes: rename,
    },
    {
      action: 'agent.deploy',
      occurred_at: before(now, 14),
      actor: OMAR,
      targets: [renamed, model],
    },
    { action: 'guardrail.deploy', occurred_at: before(now, 13), actor: OMAR, targets: [renamed] },
    { action: 'agent.create', occurred_at: before(now, 20, 5), actor: ANA, targets: [other] },
    { action: 'agent.delete', occurred_at: before(now, 9), actor: ANA, targets: [other] },
  ]
}

/** The question of the keyboard journey: who changed the role of Nina Petrova last week? */
function roleChange(now: number): NewEvent {
  return {
    action: 'role.change',
    occurred_at: before(now, 7, 12),
    actor: OMAR,
    targets: [{ type: 'user', id: NINA.id, name: NINA.name }],
    changes: [{ path: '/role', old: 'Member', new: 'Admin' }],
    context: { ip: '203.0.113.90', source: 'ui' },
    metadata: { role_name: 'Admin' },
  }
}

/** Everything that happened for a reason. */
export function storyEvents(now: number): NewEvent[] {
  return [
    ...liveAgent(now),
    ...kilo(now),
    ...trouble(now),
    everyKind(now),
    ...agents(now),
    roleChange(now),
  ]
}
