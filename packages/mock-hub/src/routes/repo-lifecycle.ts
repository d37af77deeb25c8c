import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { invalid, type Fields } from "../http/fields.js";
import { defaultGitAttributes } from "../git-rules/git-attributes.js";
import { Refusal, repoNotFound } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { wireTexts } from "../http/wire-texts.js";
import { contributors, maintainers } from "../state/accounts.js";
import { Content } from "../state/content.js";
import { Git, plain, type FileEntry } from "../state/git.js";
import {
  kindOfType,
  pagePrefix,
  Repo,
  repoTypes,
  typeOfKind,
  type Kind,
  type RepoRecord,
  type Visibility,
} from "../state/repo.js";
import { moveBucket } from "./buckets.js";
import { firstCard } from "./first-card.js";
import { forKinds } from "./for-kinds.js";
import { fromBase64 } from "./base64.js";
import { resourceGroupOf } from "./repo-view.js";
import { configureSpace } from "./space-settings.js";
import { firstVisibility, visibilityOf } from "./visibility.js";

export function addRepoLifecycleRoutes(router: Router): void {
  router.add("POST", "/api/repos/create", createRepo);
  router.add("DELETE", "/api/repos/delete", deleteRepo);
  router.add("POST", "/api/repos/move", moveRepo);
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/duplicate", duplicateRepo);
  forKinds(router, "PUT", "/api/{kind}/{namespace}/{repo}/settings", updateSettings);
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/resource-group", getResourceGroup);
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/resource-group", setResourceGroup);
}

async function createRepo(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const owner = field.optionalText(fields, "organization") ?? call.writer.name;
  const kind = kindOf(fields);
  const sdk = kind === "spaces" ? field.requiredChoice(fields, "sdk", ["gradio", "docker", "static"]) : undefined;
  const files = (field.optionalList(fields, "files") ?? []).map(uploadedFile);
  const license = field.optionalText(fields, "license");
  const name = field.requiredText(fields, "name");
  const card = firstCard(kind, name, { license, sdk });
  const repo = makeRepo(call, kind, owner, name, {
    visibility: firstVisibility(fields, owner, call),
    tags: license ? [`license:${license}`] : [],
    content: new Map([...(card === undefined ? [] : [["README.md", plain(card)] as const]), ...files]),
    ...(sdk && { sdk }),
  });
  if (kind === "spaces") configureSpace(repo.space, fields, call.world.now());
  const resourceGroupId = field.optionalText(fields, "resourceGroupId");
  if (resourceGroupId) repo.record.resourceGroupId = resourceGroupId;
  return json({ url: pageOf(call, repo), name: repo.id, id: repo.record._id });
}

interface NewRepo {
  visibility: Visibility;
  tags: string[];
  /** The first commit, or the history that the repository begins with. */
  content: ReadonlyMap<string, FileEntry> | Git;
  sdk?: string;
}

function makeRepo(call: Call, kind: Kind, owner: string, name: string, { content, ...traits }: NewRepo): Repo {
  const { world } = call;
  const user = call.requireRole(owner, contributors);
  field.repoName(name, "name");
  const existing = world.repos[kind].find(`${owner}/${name}`);
  if (existing) {
    const body = { url: pageOf(call, existing) };
    throw new Refusal(409, wireTexts.repoCreatedBefore(typeOfKind[kind], existing.id), { body });
  }
  const createdAt = world.now();
  const random = world.randomFor(`git/${kind}/${owner}/${name}/${createdAt}`);
  const git = content instanceof Git ? Git.copyOf(content, random) : new Git(random);
  if (!(content instanceof Git)) {
    const files = new Map([[".gitattributes", plain(defaultGitAttributes(kind))], ...content]);
    git.commit("refs/heads/main", { title: "initial commit", message: "", author: user.name, date: createdAt, files });
  }
  const record = {
    _id: world.objectId(),
    kind,
    owner: world.accounts.find(owner)?.name ?? owner,
    name,
    gated: false as const,
    likes: 0,
    downloads: 0,
    trendingScore: 0,
    createdAt,
    lastModified: createdAt,
    settings: {},
    ...traits,
  };
  const repo = new Repo(record, { git: () => git, discussions: () => [] });
  world.repos[kind].add(repo);
  return repo;
}

async function duplicateRepo(call: Call, kind: Kind): Promise<Answer> {
  const source = call.repo(kind);
  const fields = await call.fields();
  const [owner, name] = splitId(field.requiredText(fields, "repository"), "repository");
  const repo = makeRepo(call, kind, owner, name, {
    visibility: visibilityOf(fields) ?? source.record.visibility,
    tags: [...source.record.tags],
    content: source.git,
    ...(source.record.sdk && { sdk: source.record.sdk }),
  });
  if (kind === "spaces") configureSpace(repo.space, fields, call.world.now());
  return json({ url: pageOf(call, repo) });
}

async function deleteRepo(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const owner = field.optionalText(fields, "organization") ?? call.writer.name;
  const repo = findForChange(call, kindOf(fields), `${owner}/${field.requiredText(fields, "name")}`);
  call.world.repos[repo.kind].remove(repo);
  return text("OK");
}

async function moveRepo(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const from = field.requiredText(fields, "fromRepo");
  const [owner, name] = splitId(field.requiredText(fields, "toRepo"), "toRepo");
  if (fields["type"] === "bucket") return moveBucket(call, from, [owner, name]);
  const repo = findForChange(call, kindOf(fields), from);
  call.requireRole(owner, contributors);
  field.repoName(name, "toRepo");
  const store = call.world.repos[repo.kind];
  const target = store.find(`${owner}/${name}`);
  if (target && target !== repo) {
    const body = { url: pageOf(call, target) };
    throw new Refusal(409, wireTexts.repoNameTaken(typeOfKind[repo.kind], target.id), { body });
  }
  const account = call.world.accounts.find(owner)?.name ?? owner;
  store.change(repo, (record) => Object.assign(record, { owner: account, name }));
  return text("OK");
}

const shownSettings = [
  "private",
  "visibility",
  "gated",
  "discussionsDisabled",
  "orgMembersGated",
  "discussionsSorting",
];

/** Answers what was sent, and of the notifications not even that. */
async function updateSettings(call: Call, kind: Kind): Promise<Answer> {
  const { record } = call.writableRepo(kind);
  const fields = await call.fields();
  // Everything is read before anything changes.
  const visibility = visibilityOf(fields) ?? record.visibility;
  const gated = fields["gated"] === undefined ? record.gated : gateOf(fields["gated"]);
  const settings = settingsOf(fields);
  Object.assign(record, { visibility, gated });
  Object.assign(record.settings, settings);
  return json(Object.fromEntries(Object.entries(fields).filter(([name]) => shownSettings.includes(name))));
}

function gateOf(value: unknown): RepoRecord["gated"] {
  if (value === false || value === "auto" || value === "manual") return value;
  throw invalid("Invalid input", "gated");
}

function settingsOf(fields: Fields): RepoRecord["settings"] {
  const flags = (["discussionsDisabled", "orgMembersGated"] as const).map(
    (name) => [name, field.optionalFlag(fields, name)] as const,
  );
  const texts = (["discussionsSorting", "gatedNotificationsEmail", "gatedNotificationsMode"] as const).map(
    (name) => [name, field.optionalText(fields, name)] as const,
  );
  return Object.fromEntries([...flags, ...texts].filter(([, value]) => value !== undefined));
}

function getResourceGroup(call: Call, kind: Kind): Answer {
  const group = resourceGroupOf(call.repo(kind), call.world);
  if (!group) throw new Refusal(404, "This repository is in no resource group");
  return json(group);
}

async function setResourceGroup(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const id = field.optionalText(await call.fields(), "resourceGroupId");
  const groups = call.world.accounts.org(repo.owner)?.resourceGroups ?? [];
  if (id === undefined) delete repo.record.resourceGroupId;
  else if (groups.some((group) => group.id === id)) repo.record.resourceGroupId = id;
  else throw new Refusal(404, "Resource group not found");
  return json({ name: repo.id, type: typeOfKind[kind], private: repo.isPrivate, addedBy: call.writer.name });
}

/** For the calls that name the repository in the body. */
function findForChange(call: Call, kind: Kind, id: string): Repo {
  const user = call.writer;
  const repo = call.world.repos[kind].find(id);
  if (!repo || !call.canRead(repo)) throw repoNotFound(true);
  const role = call.world.accounts.roleIn(repo.owner, user);
  if (role && maintainers.includes(role)) return repo;
  throw new Refusal(403, wireTexts.mayOnlyRead);
}

function kindOf(fields: Fields): Kind {
  return kindOfType[field.optionalChoice(fields, "type", [...repoTypes, "kernel"]) ?? "model"];
}

function uploadedFile(value: unknown): [string, FileEntry] {
  const file = field.asFields(value);
  const content = field.requiredText(file, "content");
  const bytes = file["encoding"] === "base64" ? Content.of(fromBase64(content)) : Content.ofText(content);
  return [field.requiredText(file, "path"), { content: bytes, lfs: false }];
}

function splitId(id: string, place: string): [owner: string, name: string] {
  const [owner, name, ...rest] = id.split("/");
  if (!owner || !name || rest.length > 0) throw invalid('Expected "namespace/name"', place);
  return [owner, name];
}

export function pageOf(call: Call, repo: Repo): string {
  return `${call.url.origin}/${pagePrefix[repo.kind]}${repo.id}`;
}
