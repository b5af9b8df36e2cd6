import type { NewEvent } from '../server'
import { ANA, before, LILY, OMAR } from './people'

/** One of the 25 events of the guide: action, name, category, target, and its metadata by the labels of the guide. */
interface Story {
  readonly action: string
  readonly event: string
  readonly category: string
  readonly target?: { readonly type: string; readonly id: string; readonly name?: string }
  readonly metadata: Readonly<Record<string, unknown>>
}

const ROLE = { type: 'role', id: 'role_7', name: 'Auditor (EU)' }
const SLACK = { type: 'integration', id: 'int_3', name: 'Slack' }
const GPT = { type: 'model', id: 'mdl_ext', name: 'GPT Mini' }
const LLAMA = { type: 'model', id: 'mdl_llama', name: 'Llama 4 Scout' }
const AGENT = { type: 'agent', id: 'agt_gale', name: 'Order helper' }
const TRIAL = { type: 'experiment', id: 'exp_5', name: 'Tone of voice' }
const DATA = { type: 'dataset', id: 'ds_2', name: 'Tickets 2025' }
const GUARD = { type: 'guardrail', id: 'grd_1', name: 'No personal data' }
const INVITED = { type: 'user', id: 'usr_40', name: 'Priya Nair' }

const role = { role_id: ROLE.id, role_name: ROLE.name }
const slack = {
  integration_name: SLACK.name,
  integration_id: SLACK.id,
  integration_type: 'Messaging',
}
const gpt = { model_id: GPT.id, model_name: GPT.name, model_type: 'External' }
const llama = { model_id: LLAMA.id, model_name: LLAMA.name, model_type: 'Open source' }
const guard = { guardrail_name: GUARD.name, guardrail_id: GUARD.id, hardware_type: 'NVIDIA L4' }
const serving = {
  temperature: 0.7,
  top_p: 0.95,
  top_k: 40,
  stop_sequence: ['###', 'END'],
  min_replicas: 1,
  max_replicas: 4,
  scale_up_delay: 30,
  scale_down_delay: 300,
}

/** All 25, as the guide groups them. */
export const GALE: readonly Story[] = [
  one('user.login', 'Login', 'Login/Logout', undefined, { email_id: LILY.email }),
  one('user.logout', 'Logout', 'Login/Logout', undefined, { email_id: LILY.email }),
  one('role.edit', 'Role edited', 'Roles', ROLE, { role_id: ROLE.id }),
  one('role.create', 'Role created', 'Roles', ROLE, role),
  one('role.delete', 'Role deleted', 'Roles', ROLE, { role_name: ROLE.name }),
  one('role.assign', 'Role assigned', 'Roles', INVITED, { role_name: ROLE.name }),
  one('role.change', 'Role changed', 'Roles', INVITED, { role_name: 'Viewer' }),
  one('integration.add', 'Integration added', 'Integrations', SLACK, slack),
  one('integration.delete', 'Integration deleted', 'Integrations', SLACK, slack),
  one('model.add', 'Model added (external models only)', 'Models', GPT, {
    model_id: GPT.id,
    model_name: GPT.name,
  }),
  one('model.delete', 'Model deleted', 'Models', GPT, gpt),
  one('model.finetune_start', 'Started fine-tuning', 'Models', LLAMA, {
    ...llama,
    hardware_type: 'NVIDIA A100',
    training_method: 'LoRA',
    no_of_epochs: 3,
    batch_size: 8,
    learning_rate: 0.0002,
    training_dataset: 'tickets-train',
    test_dataset: 'tickets-test',
    weights_and_biases: 'enabled',
  }),
  one('model.deploy', 'Model deployed', 'Models', LLAMA, {
    ...llama,
    ...serving,
    hardware_type: 'NVIDIA H100',
    max_length: 4096,
    inference_batch_size: 16,
  }),
  one('model.undeploy', 'Model undeployed', 'Models', LLAMA, {
    ...llama,
    ...serving,
    hardware_type: 'NVIDIA H100',
    max_length: 4096,
    inference_batch_size: 16,
    hours_of_usage: 36.5,
  }),
  one('model_api_key.create', 'API Key created', 'Models', GPT, gpt),
  one('model_api_key.delete', 'API Key deleted', 'Models', GPT, gpt),
  one('agent.create', 'Agent created', 'Agents', AGENT, {
    agent_id: AGENT.id,
    agent_name: AGENT.name,
  }),
  one('agent.delete', 'Agent deleted', 'Agents', AGENT, {
    agent_id: AGENT.id,
    agent_name: AGENT.name,
    ...gpt,
  }),
  one('user.invite', 'User invited', 'User Management', INVITED, {
    added_user_ids: [INVITED.id],
    role_name: 'Viewer',
    role_id: 'role_2',
  }),
  one('user.delete', 'User deleted', 'User Management', INVITED, {
    removed_user_ids: [INVITED.id],
  }),
  one('experiment.create', 'Experiment created', 'Playground', TRIAL, {
    experiment_id: TRIAL.id,
    experiment_name: TRIAL.name,
  }),
  one('experiment.delete', 'Experiment deleted', 'Playground', TRIAL, {
    experiment_id: TRIAL.id,
    ...gpt,
  }),
  one('dataset.upload', 'Dataset uploaded', 'Dataset', DATA, { file_type: 'csv' }),
  one('guardrail.deploy', 'Guardrails deployed', 'Guardrails', GUARD, guard),
  one('guardrail.undeploy', 'Guardrails undeployed', 'Guardrails', GUARD, {
    ...guard,
    time_of_usage: '12 hours',
  }),
]

function one(
  action: string,
  event: string,
  category: string,
  target: Story['target'],
  metadata: Story['metadata'],
): Story {
  return { action, event, category, metadata, ...(target !== undefined && { target }) }
}

/** The labels of the 16 fields of *Model deployed*, with what must stand beside them. */
export const MODEL_DEPLOYED: readonly (readonly [label: string, value: string])[] = [
  ['User ID', LILY.id],
  ['IP Address', '203.0.113.12'],
  ['Model ID', LLAMA.id],
  ['Model Name', LLAMA.name],
  ['Model Type', 'Open source'],
  ['Hardware Type', 'NVIDIA H100'],
  ['Temperature', '0.7'],
  ['Max length', '4096'],
  ['Top p', '0.95'],
  ['Top k', '40'],
  ['Stop Sequence', '###'],
  ['Inference batch size', '16'],
  ['Min Replicas', '1'],
  ['Max Replicas', '4'],
  ['Scale up Delay', '30'],
  ['Scale down Delay', '300'],
]

const ACTORS = [LILY, OMAR, ANA] as const

/** The 25 events, three people taking turns, a minute apart, three days ago. */
export function galeEvents(now: number): NewEvent[] {
  return GALE.map(({ action, target, metadata }, place) => ({
    action,
    occurred_at: before(now, 3, GALE.length - place),
    actor: ACTORS[place % ACTORS.length],
    ...(target !== undefined && { targets: [target] }),
    context: { ip: `203.0.113.${place}`, source: 'ui' },
    metadata,
  }))
}
