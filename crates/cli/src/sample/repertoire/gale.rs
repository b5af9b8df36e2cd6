//! Models, agents, roles, guardrails and datasets.

use super::super::spec::Before::{Edited, Fresh, Gone, OtherRole};
use super::super::spec::Cast::{Admin, Anyone, Engineer, Program};
use super::super::spec::Fill::{Email, Hundredths, Id, Ids, Name, Sort, Whole, Word, Words};
use super::super::spec::Kind::{
    Agent, Dataset, Experiment, Guardrail, Integration, Model, Role, User,
};
use super::super::spec::Often::{Begins, Ends, Everyday, Yearly};
use super::super::spec::{Fields, Spec, failure, spec};
use super::SIGN_IN_FAILURES;

const EMAIL: Fields = &[("email_id", Email)];
const MODEL: Fields = &[
    ("model_id", Id(Model)),
    ("model_name", Name(Model)),
    ("model_type", Sort(Model)),
];
const HARDWARE: &[&str] = &["gpu-l4", "gpu-a100", "gpu-h100", "cpu-large"];
const DEPLOYMENT: Fields = &[
    ("hardware_type", Word(HARDWARE)),
    ("temperature", Hundredths(10, 90)),
    ("top_p", Hundredths(80, 100)),
    ("top_k", Whole(10, 50)),
    ("max_length", Whole(1_024, 8_192)),
    ("stop_sequence", Words(&["</s>", "<|end|>", "\n\nUser:"])),
    ("inference_batch_size", Whole(1, 32)),
    ("min_replicas", Whole(1, 2)),
    ("max_replicas", Whole(3, 12)),
    ("scale_up_delay", Whole(15, 60)),
    ("scale_down_delay", Whole(120, 900)),
];
const TRAINING: Fields = &[
    ("hardware_type", Word(HARDWARE)),
    ("training_method", Word(&["LoRA", "QLoRA", "full"])),
    ("no_of_epochs", Whole(1, 5)),
    ("batch_size", Whole(4, 64)),
    ("learning_rate", Hundredths(1, 5)),
    ("training_dataset", Name(Dataset)),
    ("test_dataset", Name(Dataset)),
    ("weights_and_biases", Word(&["enabled", "disabled"])),
];
const ROLE: Fields = &[("role_id", Id(Role)), ("role_name", Name(Role))];
const ROLE_NAME: Fields = &[("role_name", Name(Role))];
const INTEGRATION: Fields = &[
    ("integration_name", Name(Integration)),
    ("integration_id", Id(Integration)),
    ("integration_type", Sort(Integration)),
];
const AGENT: Fields = &[("agent_id", Id(Agent)), ("agent_name", Name(Agent))];
const GUARDRAIL: Fields = &[
    ("guardrail_name", Name(Guardrail)),
    ("guardrail_id", Id(Guardrail)),
    ("hardware_type", Sort(Guardrail)),
];

pub(super) const SPECS: &[Spec] = &[
    spec("user.login", Everyday(130), Anyone)
        .with(&[EMAIL])
        .says("Signed in to the console")
        .fails(35, SIGN_IN_FAILURES),
    spec("user.logout", Everyday(70), Anyone)
        .with(&[EMAIL])
        .says("Signed out of the console"),
    spec("role.edit", Yearly(22), Admin)
        .on(Role)
        .with(&[&[("role_id", Id(Role))]])
        .says("Changed the permissions of the role {target}")
        .before(Edited)
        .fails(
            60,
            &[failure(
                "denied",
                "forbidden",
                "only owners may change this role",
            )],
        ),
    spec("role.create", Begins, Admin)
        .on(Role)
        .with(&[ROLE])
        .says("Created the role {target}")
        .before(Fresh),
    spec("role.delete", Ends, Admin)
        .on(Role)
        .with(&[ROLE_NAME])
        .says("Deleted the role {target}")
        .before(Gone),
    spec("role.assign", Yearly(34), Admin)
        .on(User)
        .also(&[Role])
        .with(&[ROLE_NAME])
        .says("Gave {target} the role {role_name}"),
    spec("role.change", Yearly(26), Admin)
        .on(User)
        .also(&[Role])
        .with(&[ROLE_NAME])
        .says("Changed the role of {target} to {role_name}")
        .before(OtherRole),
    spec("integration.add", Begins, Admin)
        .on(Integration)
        .with(&[INTEGRATION])
        .says("Added the {integration_type} integration {target}"),
    spec("integration.delete", Ends, Admin)
        .on(Integration)
        .with(&[INTEGRATION])
        .says("Deleted the integration {target}"),
    spec("model.add", Begins, Engineer)
        .on(Model)
        .with(&[&[("model_id", Id(Model)), ("model_name", Name(Model))]])
        .says("Added the external model {target}"),
    spec("model.delete", Ends, Engineer)
        .on(Model)
        .with(&[MODEL])
        .says("Deleted the external model {target}"),
    spec("model.finetune_start", Yearly(19), Engineer)
        .on(Model)
        .also(&[Dataset])
        .with(&[MODEL, TRAINING])
        .says("Started fine-tuning {target} with {training_method} on {training_dataset}")
        .fails(
            120,
            &[failure(
                "error",
                "E_NO_CAPACITY",
                "no GPU of this type is free",
            )],
        ),
    spec("model.deploy", Everyday(9), Engineer)
        .on(Model)
        .also(&[Agent])
        .with(&[MODEL, DEPLOYMENT])
        .says("Deployed {target} on {hardware_type} with {min_replicas} to {max_replicas} replicas")
        .fails(
            50,
            &[failure(
                "error",
                "E_IMAGE_PULL",
                "the model image could not be loaded",
            )],
        ),
    spec("model.undeploy", Everyday(7), Engineer)
        .on(Model)
        .also(&[Agent])
        .with(&[MODEL, DEPLOYMENT, &[("hours_of_usage", Whole(2, 700))]])
        .says("Undeployed {target} after {hours_of_usage} hours"),
    spec("model_api_key.create", Yearly(24), Engineer)
        .on(Model)
        .with(&[MODEL])
        .says("Created an API key for the model {target}"),
    spec("model_api_key.delete", Yearly(20), Engineer)
        .on(Model)
        .with(&[MODEL])
        .says("Deleted an API key of the model {target}"),
    spec("agent.create", Begins, Engineer)
        .on(Agent)
        .with(&[AGENT])
        .says("Created the agent {target}")
        .before(Fresh),
    spec("agent.delete", Ends, Engineer)
        .on(Agent)
        .also(&[Model])
        .with(&[AGENT, MODEL])
        .says("Deleted the agent {target}, which used {model_name}")
        .before(Gone),
    spec("user.invite", Begins, Admin)
        .on(User)
        .also(&[Role])
        .with(&[ROLE, &[("added_user_ids", Ids(User))]])
        .says("Invited {target} as {role_name}"),
    spec("user.delete", Ends, Admin)
        .on(User)
        .with(&[&[("removed_user_ids", Ids(User))]])
        .says("Removed {target} from the account"),
    spec("experiment.create", Begins, Engineer)
        .on(Experiment)
        .with(&[&[
            ("experiment_id", Id(Experiment)),
            ("experiment_name", Name(Experiment)),
        ]])
        .says("Created the experiment {target}"),
    spec("experiment.delete", Ends, Engineer)
        .on(Experiment)
        .also(&[Model])
        .with(&[&[("experiment_id", Id(Experiment))], MODEL])
        .says("Deleted the experiment {target}"),
    spec("dataset.upload", Begins, Program)
        .on(Dataset)
        .with(&[&[("file_type_extension", Sort(Dataset))]])
        .says("Uploaded the dataset {target}"),
    spec("guardrail.deploy", Begins, Engineer)
        .on(Guardrail)
        .also(&[Agent])
        .with(&[GUARDRAIL])
        .says("Deployed the guardrail {target} on {hardware_type}"),
    spec("guardrail.undeploy", Ends, Engineer)
        .on(Guardrail)
        .also(&[Agent])
        .with(&[
            GUARDRAIL,
            &[("time_of_usage", Word(&["94 days", "121 days", "38 days"]))],
        ])
        .says("Undeployed the guardrail {target} after {time_of_usage}"),
];
