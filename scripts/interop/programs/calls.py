"""Calls huggingface_hub, with HF_ENDPOINT at a mock Hub, and prints a line of JSON for each call.

Each row is a call, what it has to result in, and for a difference that was looked into, whose it is and why. Later calls
build on what earlier ones left. Arguments: the folder to work in, the token of another user, a repository that our client
wrote.
"""

import json
import os
import sys
from pathlib import Path

from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete, HfApi, HfFileSystem, constants, scan_cache_dir
from huggingface_hub.errors import EntryNotFoundError, GatedRepoError, HfHubHTTPError, RevisionNotFoundError

folder, other_token, written_by_ours = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
api = HfApi()
other = HfApi(token=other_token)
anonymous = HfApi(token=False)
made = {}

REPO, DATA, SPACE, BUCKET = "ada/python", "ada/python-data", "ada/python-space", "ada/python-bucket"
GPT2, SQUAD = "openai-community/gpt2", "rajpurkar/squad"


class has:
    """A result with these attributes or keys, whatever else it has."""

    def __init__(self, **expected):
        self.expected = expected

    def __call__(self, result):
        get = result.get if isinstance(result, dict) else lambda name: getattr(result, name, None)
        return all(matches(get(name), value) for name, value in self.expected.items())

    def __repr__(self):
        return f"something with {self.expected}"


class fails:
    """An error of this class, and of this status if one is given."""

    def __init__(self, kind=HfHubHTTPError, status=None):
        self.kind, self.status = kind, status

    def fits(self, error):
        response = getattr(error, "response", None)
        return isinstance(error, self.kind) and self.status in (None, response is not None and response.status_code)

    def __repr__(self):
        return f"a failure with {self.kind.__name__} {self.status or ''}"


def bring_nothing(cache):
    """Which blobs a snapshot_download writes into a cache that has all of them."""
    times = lambda: {path: path.stat().st_mtime_ns for path in cache.glob("*/blobs/*")}
    before = times()
    api.snapshot_download(written_by_ours, cache_dir=cache)
    return [path.name for path, time in times().items() if before.get(path) != time]


def matches(result, expected):
    try:
        return bool(expected(result)) if callable(expected) else result == expected
    except Exception:
        return False


def includes(part):
    return lambda result: part in (result if isinstance(result, (str, dict, list, set)) else list(result))


def some(result):
    return len(list(result)) > 0


def anything(_):
    return True


def keep(name, value):
    made[name] = value
    return value


def names(items):
    return [getattr(item, "id", None) or getattr(item, "path", None) or getattr(item, "name", None) for item in items]


def write(path, content):
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def by_xet(run):
    """With the runner's setting that keeps uploads from Xet lifted."""
    constants.HF_HUB_DISABLE_XET = False
    try:
        return run()
    finally:
        constants.HF_HUB_DISABLE_XET = True


small, large = b"small\n", bytes(range(256)) * 500
write("tree/a.txt", b"a")
write("tree/deep/b.bin", large[7:])
write("tree/skipped.log", b"no")

# fmt: off
ROWS = [
    ("whoami", lambda: api.whoami(), has(name="ada", type="user", orgs=some)),
    ("whoami without a token", lambda: anonymous.whoami(), fails(Exception)),
    ("whoami with a wrong token", lambda: HfApi(token="hf_nobody").whoami(), fails(HfHubHTTPError, 401)),
    ("get_user_overview", lambda: api.get_user_overview("ada"), has(username="ada", num_models=lambda n: n >= 0)),
    ("get_user_overview of nobody", lambda: api.get_user_overview("nobody-here"), fails(HfHubHTTPError, 404)),
    ("get_organization_overview", lambda: api.get_organization_overview("acme-research"), has(name="acme-research", fullname="Acme Research")),
    ("list_organization_members", lambda: [user.username for user in api.list_organization_members("acme-research")], includes("grace")),
    ("list_organization_followers", lambda: list(api.list_organization_followers("acme-research")), anything),
    ("list_user_followers", lambda: list(api.list_user_followers("ada")), some),
    ("list_user_following", lambda: list(api.list_user_following("ada")), some),
    ("list_user_repos", lambda: list(api.list_user_repos("acme-research")), some),
    ("get_full_repo_name", lambda: api.get_full_repo_name("x"), "ada/x"),

    ("list_models", lambda: len(list(api.list_models(limit=7))), 7),
    ("list_models over pages", lambda: len({model.id for model in api.list_models()}), lambda count: count > 250),
    ("list_models by author and task", lambda: names(api.list_models(author="openai-community", pipeline_tag="text-generation")), includes(GPT2)),
    ("list_models full with cards and config", lambda: next(api.list_models(full=True, cardData=True, fetch_config=True, limit=1)), has(sha=lambda sha: len(sha) == 40, siblings=some)),
    ("list_models expanded", lambda: next(api.list_models(expand=["downloadsAllTime", "safetensors"], limit=1)), has(downloads_all_time=lambda n: n is not None)),
    ("list_models by library and license", lambda: list(api.list_models(filter=["transformers"], sort="downloads", limit=3)), some),
    ("list_models by size", lambda: list(api.list_models(num_parameters="min:0,max:1B", limit=3)), anything),
    ("list_datasets", lambda: names(api.list_datasets(author="rajpurkar")), includes(SQUAD)),
    ("list_datasets full", lambda: next(api.list_datasets(full=True, limit=1)), has(siblings=some)),
    ("list_spaces", lambda: len(list(api.list_spaces(limit=5))), 5),
    ("list_spaces by a model", lambda: list(api.list_spaces(models=GPT2, full=True)), anything),
    ("search_spaces", lambda: list(api.search_spaces("chat")), anything),
    ("get_model_tags", lambda: api.get_model_tags(), lambda tags: isinstance(tags, dict)),
    ("get_dataset_tags", lambda: api.get_dataset_tags(), lambda tags: isinstance(tags, dict)),
    ("model_info", lambda: api.model_info(GPT2), has(id=GPT2, pipeline_tag="text-generation", gated=False, card_data=anything)),
    ("model_info with files", lambda: api.model_info(GPT2, files_metadata=True).siblings[0], has(size=lambda n: n > 0, blob_id=lambda oid: len(oid) == 40)),
    ("model_info with a security status", lambda: api.model_info(GPT2, securityStatus=True), has(id=GPT2)),
    ("model_info expanded", lambda: api.model_info(GPT2, expand=["downloadsAllTime", "inferenceProviderMapping", "usedStorage"]), has(used_storage=lambda n: n > 0)),
    ("model_info of a renamed repository", lambda: api.model_info("gpt2"), has(id=GPT2)),
    ("model_info of none", lambda: api.model_info("ada/none"), fails(HfHubHTTPError, 404)),
    ("model_info at no revision", lambda: api.model_info(GPT2, revision="none"), fails(RevisionNotFoundError, 404)),
    ("dataset_info", lambda: api.dataset_info(SQUAD), has(id=SQUAD, author="rajpurkar")),
    ("list_dataset_parquet_files", lambda: api.list_dataset_parquet_files(SQUAD), some, ("stranger", "it refuses every endpoint but the Hub's own for this", fails(ValueError))),

    ("create_repo", lambda: api.create_repo(REPO), has(repo_id=REPO)),
    ("create_repo twice", lambda: api.create_repo(REPO), fails(HfHubHTTPError, 409)),
    ("create_repo that may exist", lambda: api.create_repo(REPO, exist_ok=True), has(repo_id=REPO)),
    ("create_repo of a private dataset", lambda: api.create_repo(DATA, repo_type="dataset", private=True), has(repo_type="dataset")),
    ("create_repo of a Space", lambda: api.create_repo(SPACE, repo_type="space", space_sdk="gradio", space_secrets=[{"key": "FIRST", "value": "1"}]), has(repo_type="space")),
    ("create_repo without a right", lambda: other.create_repo("ada/not-mine"), fails(HfHubHTTPError, 403)),
    ("repo_exists", lambda: api.repo_exists(REPO), True),
    ("repo_exists of none", lambda: api.repo_exists("ada/none"), False),
    ("revision_exists", lambda: (api.revision_exists(REPO, "main"), api.revision_exists(REPO, "none")), (True, False)),
    ("auth_check", lambda: api.auth_check(REPO), None),
    ("auth_check to write", lambda: api.auth_check(REPO, write=True), None),
    ("auth_check of somebody else's private dataset", lambda: other.auth_check(DATA, repo_type="dataset"), fails(HfHubHTTPError, 404)),
    ("update_repo_settings", lambda: api.update_repo_settings(REPO, private=True), None),
    ("repo_info of what is private now", lambda: api.repo_info(REPO), has(private=True)),
    ("update_repo_settings back", lambda: api.update_repo_settings(REPO, private=False), None),

    ("upload_file of bytes", lambda: api.upload_file(path_or_fileobj=small, path_in_repo="small.txt", repo_id=REPO), has(oid=lambda oid: len(oid) == 40, commit_message="Upload small.txt with huggingface_hub")),
    ("upload_file of a large file", lambda: api.upload_file(path_or_fileobj=write("large.bin", large), path_in_repo="weights/large.bin", repo_id=REPO, commit_description="Weights."), has(oid=lambda oid: len(oid) == 40)),
    ("upload_file of the same again", lambda: api.upload_file(path_or_fileobj=small, path_in_repo="small.txt", repo_id=REPO), has(oid=lambda oid: len(oid) == 40)),
    ("upload_file as a pull request", lambda: api.upload_file(path_or_fileobj=b"p", path_in_repo="p.txt", repo_id=REPO, create_pr=True), has(pr_num=1, pr_revision="refs/pr/1")),
    ("upload_folder", lambda: api.upload_folder(repo_id=REPO, folder_path=folder / "tree", path_in_repo="tree", ignore_patterns="*.log"), has(oid=lambda oid: len(oid) == 40)),
    ("upload_folder in the place of files", lambda: api.upload_folder(repo_id=DATA, repo_type="dataset", folder_path=folder / "tree", delete_patterns="*", commit_message="Replace"), has(commit_message="Replace")),
    ("create_commit", lambda: api.create_commit(REPO, [CommitOperationAdd("c/1.txt", b"1"), CommitOperationAdd("c/2.txt", b"2")], commit_message="Add two"), has(commit_message="Add two")),
    ("create_commit with copy and deletion", lambda: api.create_commit(REPO, [CommitOperationCopy("weights/large.bin", "weights/copy.bin"), CommitOperationDelete("c/1.txt")], commit_message="Copy"), has(commit_message="Copy")),
    ("create_commit with a copy of a small file", lambda: api.create_commit(REPO, [CommitOperationCopy("small.txt", "small-copy.txt")], commit_message="Copy small"), has(commit_message="Copy small")),
    ("create_commit on an old parent", lambda: api.create_commit(REPO, [CommitOperationAdd("d.txt", b"d")], commit_message="Late", parent_commit="0" * 40), fails(HfHubHTTPError, 412)),
    ("preupload_lfs_files", lambda: api.preupload_lfs_files(REPO, [keep("addition", CommitOperationAdd("pre.bin", large[::-1]))]), None),
    ("create_commit of what was uploaded before", lambda: api.create_commit(REPO, [made["addition"]], commit_message="Later"), has(commit_message="Later")),
    ("delete_file", lambda: api.delete_file("pre.bin", REPO), has(commit_message="Delete pre.bin with huggingface_hub")),
    ("delete_files", lambda: api.delete_files(REPO, ["*-copy.txt"]), has(oid=anything)),
    ("delete_folder", lambda: api.delete_folder("c", REPO), has(oid=anything)),

    ("list_repo_files", lambda: api.list_repo_files(REPO), [".gitattributes", "small.txt", "tree/a.txt", "tree/deep/b.bin", "weights/copy.bin", "weights/large.bin"]),
    ("list_repo_tree", lambda: names(api.list_repo_tree(REPO)), [".gitattributes", "small.txt", "tree", "weights"]),
    ("list_repo_tree expanded", lambda: list(api.list_repo_tree(REPO, "weights", expand=True))[0], has(size=len(large), lfs=has(size=len(large)), last_commit=has(title="Copy"))),
    ("list_repo_tree of no folder", lambda: list(api.list_repo_tree(REPO, "none")), fails(EntryNotFoundError, 404)),
    ("get_paths_info", lambda: names(api.get_paths_info(REPO, ["small.txt", "tree", "none"])), ["small.txt", "tree"]),
    ("file_exists", lambda: (api.file_exists(REPO, "small.txt"), api.file_exists(REPO, "none")), (True, False)),
    ("list_repo_commits", lambda: [commit.title for commit in api.list_repo_commits(REPO, formatted=True)][-2:], ["Upload small.txt with huggingface_hub", "initial commit"]),
    ("get_hf_file_metadata", lambda: api.get_hf_file_metadata(url=f"{api.endpoint}/{REPO}/resolve/main/weights/large.bin"), has(size=len(large), etag=lambda etag: len(etag) == 64)),
    ("hf_hub_download", lambda: Path(api.hf_hub_download(REPO, "small.txt", cache_dir=folder / "cache")).read_bytes(), small),
    ("hf_hub_download of a large file", lambda: Path(api.hf_hub_download(REPO, "weights/large.bin", local_dir=folder / "local")).read_bytes(), large),
    ("hf_hub_download of none", lambda: api.hf_hub_download(REPO, "none", cache_dir=folder / "cache"), fails(EntryNotFoundError, 404)),
    ("hf_hub_download at a pull request", lambda: Path(api.hf_hub_download(REPO, "p.txt", revision="refs/pr/1", cache_dir=folder / "cache")).read_bytes(), b"p"),
    ("hf_hub_download offline from the cache", lambda: Path(api.hf_hub_download(REPO, "small.txt", cache_dir=folder / "cache", local_files_only=True)).read_bytes(), small),
    ("snapshot_download", lambda: sorted(path.name for path in Path(api.snapshot_download(REPO, cache_dir=folder / "cache")).rglob("*.bin")), ["b.bin", "copy.bin", "large.bin"]),
    ("snapshot_download of a part to a folder", lambda: sorted(path.name for path in Path(api.snapshot_download(DATA, repo_type="dataset", local_dir=folder / "data", allow_patterns="deep/*")).rglob("*.bin")), ["b.bin"]),
    ("verify_repo_checksums", lambda: api.verify_repo_checksums(REPO, cache_dir=folder / "cache"), has(mismatches=[])),
    ("resolve_revision", lambda: api.resolve_revision(REPO, cache_dir=folder / "cache"), anything),
    ("get_safetensors_metadata", lambda: api.get_safetensors_metadata(GPT2), has(sharded=False, parameter_count=has(F32=lambda n: n > 0))),
    ("list_lfs_files", lambda: len(list(api.list_lfs_files(REPO))), lambda count: count >= 2),
    ("HfFileSystem.ls", lambda: HfFileSystem().ls(f"{REPO}/weights", detail=False), [f"{REPO}/weights/copy.bin", f"{REPO}/weights/large.bin"]),
    ("HfFileSystem reads a range", lambda: HfFileSystem().cat_file(f"{REPO}/weights/large.bin", start=256, end=512), bytes(range(256))),
    ("HfFileSystem writes", lambda: HfFileSystem().pipe_file(f"{REPO}/fs.txt", b"fs"), None),
    ("snapshot_download of what ours wrote", lambda: sorted(path.name for path in Path(api.snapshot_download(written_by_ours, local_dir=folder / "ours")).glob("*.*") if path.is_file()), [".gitattributes", "text.md", "weights.bin"]),
    ("snapshot_download from the cache that ours filled, offline", lambda: sorted(path.name for path in Path(api.snapshot_download(written_by_ours, cache_dir=folder / "filled-by-ours", local_files_only=True)).iterdir()), [".gitattributes", "text.md", "weights.bin"]),
    ("snapshot_download into the cache that ours filled", lambda: bring_nothing(folder / "filled-by-ours"), []),
    ("scan_cache_dir of the cache that ours filled", lambda: [(repo.repo_type, repo.repo_id, repo.nb_files, [sorted(revision.refs) for revision in repo.revisions]) for repo in scan_cache_dir(folder / "filled-by-ours").repos], [("model", written_by_ours, 3, [["main"]])]),
    ("scan_cache_dir finds nothing wrong with it", lambda: scan_cache_dir(folder / "filled-by-ours").warnings, []),
    ("snapshot_download into a cache for ours", lambda: len(list(Path(api.snapshot_download(written_by_ours, cache_dir=folder / "filled-by-python")).iterdir())), 3),
    ("hf_hub_download of what ours wrote", lambda: Path(api.hf_hub_download(written_by_ours, "weights.bin", cache_dir=folder / "cache")).read_bytes(), bytes(index % 251 for index in range(200_000))),

    ("create_branch", lambda: api.create_branch(REPO, branch="next"), None),
    ("create_branch twice", lambda: api.create_branch(REPO, branch="next"), fails(HfHubHTTPError, 409)),
    ("create_branch that may exist", lambda: api.create_branch(REPO, branch="next", exist_ok=True), None),
    ("create_branch at a revision", lambda: api.create_branch(REPO, branch="old", revision=api.list_repo_commits(REPO)[-1].commit_id), None),
    ("create_tag", lambda: api.create_tag(REPO, tag="v1", tag_message="First"), None),
    ("create_tag twice", lambda: api.create_tag(REPO, tag="v1"), fails(HfHubHTTPError, 409)),
    ("list_repo_refs", lambda: api.list_repo_refs(REPO, include_pull_requests=True), lambda refs: ([b.name for b in refs.branches], [t.name for t in refs.tags], [p.ref for p in refs.pull_requests]) == (["main", "next", "old"], ["v1"], ["refs/pr/1"])),
    ("delete_tag", lambda: api.delete_tag(REPO, tag="v1"), None),
    ("delete_tag of none", lambda: api.delete_tag(REPO, tag="v1"), fails(RevisionNotFoundError, 404)),
    ("delete_branch", lambda: api.delete_branch(REPO, branch="old"), None),
    ("super_squash_history", lambda: api.super_squash_history(REPO, branch="next", commit_message="One"), None),
    ("list_repo_commits of a squashed branch", lambda: [commit.title for commit in api.list_repo_commits(REPO, revision="next")], ["One"]),

    ("create_discussion", lambda: keep("talk", api.create_discussion(REPO, "A question", description="How?")), has(num=2, status="open", is_pull_request=False)),
    ("create_pull_request", lambda: keep("pull", api.create_pull_request(REPO, "A change", description="Why.")), has(num=3, status="draft", is_pull_request=True)),
    ("get_repo_discussions", lambda: [talk.num for talk in api.get_repo_discussions(REPO)], lambda nums: sorted(nums) == [1, 2, 3]),
    ("get_repo_discussions, pull requests alone", lambda: sorted(talk.num for talk in api.get_repo_discussions(REPO, discussion_type="pull_request")), [1, 3]),
    ("comment_discussion", lambda: keep("comment", api.comment_discussion(REPO, 2, "So.")), has(content="So.", author="ada")),
    ("edit_discussion_comment", lambda: api.edit_discussion_comment(REPO, 2, made["comment"].id, "Like so."), has(content="Like so.", edited=True)),
    ("rename_discussion", lambda: api.rename_discussion(REPO, 2, "The question"), has(old_title="A question", new_title="The question")),
    ("hide_discussion_comment", lambda: api.hide_discussion_comment(REPO, 2, made["comment"].id), has(hidden=True)),
    ("change_discussion_status", lambda: api.change_discussion_status(REPO, 2, "closed", comment="Done"), has(new_status="closed")),
    ("get_discussion_details", lambda: api.get_discussion_details(REPO, 2), has(title="The question", status="closed", events=lambda events: len(events) >= 4)),
    ("get_discussion_details of a pull request", lambda: api.get_discussion_details(REPO, 1), has(diff=includes("p.txt"), git_reference="refs/pr/1", target_branch="refs/heads/main")),
    ("upload_file to a pull request", lambda: api.upload_file(path_or_fileobj=b"q", path_in_repo="q.txt", repo_id=REPO, revision="refs/pr/3"), has(oid=anything)),
    ("change_discussion_status of a draft", lambda: api.change_discussion_status(REPO, 3, "open"), has(new_status="open")),
    ("merge_pull_request", lambda: api.merge_pull_request(REPO, 3, comment="Thanks"), anything),
    ("file_exists once merged", lambda: api.file_exists(REPO, "q.txt"), True),

    ("create_collection", lambda: keep("collection", api.create_collection("Python's", description="Mine")), has(title="Python's", items=[])),
    ("add_collection_item", lambda: keep("collection", api.add_collection_item(made["collection"].slug, GPT2, "model", note="first")), has(items=lambda items: items[0].item_id == GPT2 and items[0].note == "first")),
    ("add_collection_item twice", lambda: api.add_collection_item(made["collection"].slug, GPT2, "model"), fails(HfHubHTTPError, 409)),
    ("add_collection_item of a dataset", lambda: keep("collection", api.add_collection_item(made["collection"].slug, SQUAD, "dataset")), has(items=lambda items: len(items) == 2)),
    ("update_collection_item", lambda: api.update_collection_item(made["collection"].slug, made["collection"].items[0].item_object_id, note="second", position=1), None),
    ("update_collection_metadata", lambda: api.update_collection_metadata(made["collection"].slug, title="Of Python", theme="pink"), has(title="Of Python", theme="pink")),
    ("get_collection", lambda: api.get_collection(made["collection"].slug), has(items=lambda items: [item.item_id for item in items] == [SQUAD, GPT2])),
    ("list_collections", lambda: [item.title for item in api.list_collections(owner="ada", item=f"models/{GPT2}")], includes("Of Python")),
    ("delete_collection_item", lambda: api.delete_collection_item(made["collection"].slug, made["collection"].items[0].item_object_id), None),
    ("delete_collection", lambda: api.delete_collection(made["collection"].slug), None),
    ("get_collection of none", lambda: api.get_collection(made["collection"].slug), fails(HfHubHTTPError, 404)),

    ("create_webhook", lambda: keep("webhook", api.create_webhook(url="https://app.example/hook", watched=[{"type": "user", "name": "ada"}], domains=["repo"], secret="s")), has(url="https://app.example/hook", disabled=False, domains=["repo"])),
    ("get_webhook", lambda: api.get_webhook(made["webhook"].id), has(watched=lambda items: items[0].name == "ada")),
    ("list_webhooks", lambda: names(api.list_webhooks()), lambda ids: made["webhook"].id in ids),
    ("update_webhook", lambda: api.update_webhook(made["webhook"].id, url="https://app.example/other"), has(url="https://app.example/other")),
    ("disable_webhook", lambda: api.disable_webhook(made["webhook"].id), has(disabled=lambda disabled: disabled is not False)),
    ("enable_webhook", lambda: api.enable_webhook(made["webhook"].id), has(disabled=False)),
    ("delete_webhook", lambda: api.delete_webhook(made["webhook"].id), None),
    ("get_webhook of none", lambda: api.get_webhook(made["webhook"].id), fails(HfHubHTTPError, 404)),

    ("space_info", lambda: api.space_info(SPACE), has(id=SPACE, sdk="gradio")),
    ("get_space_runtime", lambda: api.get_space_runtime(SPACE), has(stage=anything)),
    ("add_space_secret", lambda: api.add_space_secret(SPACE, "KEY", "hidden", description="Of a service"), None),
    ("get_space_secrets", lambda: api.get_space_secrets(SPACE), lambda secrets: set(secrets) == {"FIRST", "KEY"}),
    ("delete_space_secret", lambda: api.delete_space_secret(SPACE, "KEY"), None),
    ("add_space_variable", lambda: api.add_space_variable(SPACE, "MODE", "fast", description="How"), has(MODE=has(value="fast"))),
    ("get_space_variables", lambda: api.get_space_variables(SPACE), has(MODE=has(value="fast", description="How"))),
    ("delete_space_variable", lambda: api.delete_space_variable(SPACE, "MODE"), {}),
    ("request_space_hardware", lambda: api.request_space_hardware(SPACE, "t4-small", sleep_time=3600), has(requested_hardware="t4-small")),
    ("set_space_sleep_time", lambda: api.set_space_sleep_time(SPACE, 7200), has(sleep_time=7200)),
    ("pause_space", lambda: api.pause_space(SPACE), has(stage="PAUSED")),
    ("restart_space", lambda: api.restart_space(SPACE), has(stage=lambda stage: stage != "PAUSED")),
    ("enable_space_dev_mode", lambda: api.enable_space_dev_mode(SPACE), anything),
    ("disable_space_dev_mode", lambda: api.disable_space_dev_mode(SPACE), anything),
    ("list_spaces_hardware", lambda: names(api.list_spaces_hardware()), includes("cpu-basic")),
    ("list_space_templates", lambda: api.list_space_templates(), anything),
    ("get_zero_gpu_quota", lambda: api.get_zero_gpu_quota(), anything),
    ("fetch_space_logs", lambda: list(api.fetch_space_logs(SPACE)), anything),
    ("duplicate_repo of a Space", lambda: api.duplicate_repo(SPACE, "ada/python-space-2", repo_type="space"), has(repo_id="ada/python-space-2")),
    ("duplicate_repo of a model", lambda: api.duplicate_repo(REPO, "ada/python-2"), has(repo_id="ada/python-2")),
    ("upload_file by Xet", lambda: by_xet(lambda: api.upload_file(path_or_fileobj=large, path_in_repo="xet.bin", repo_id="ada/python-2")), has(oid=anything), ("mock", "it takes no Xet uploads", fails(RuntimeError))),

    ("list_jobs_hardware", lambda: names(api.list_jobs_hardware()), includes("cpu-basic")),
    ("run_job", lambda: keep("job", api.run_job(image="python:3.12", command=["python", "-V"], env={"A": "1"}, secrets={"S": "s"}, timeout="5m", labels={"run": "1"})), has(docker_image="python:3.12", command=["python", "-V"], labels=has(run="1"))),
    ("inspect_job", lambda: api.inspect_job(job_id=made["job"].id), has(id=lambda id: id == made["job"].id)),
    ("list_jobs", lambda: names(api.list_jobs(labels={"run": "1"})), lambda ids: ids == [made["job"].id]),
    ("fetch_job_logs", lambda: list(api.fetch_job_logs(job_id=made["job"].id, follow=True)), some),
    ("fetch_job_metrics", lambda: next(iter(api.fetch_job_metrics(job_id=made["job"].id))), has(cpu_usage_pct=12)),
    ("wait_for_job", lambda: api.wait_for_job(made["job"].id, timeout=10, poll_interval=0.1), has(status=has(stage="COMPLETED"))),
    ("update_job_labels", lambda: api.update_job_labels(job_id=made["job"].id, labels={"run": "2"}), has(labels={"run": "2"})),
    ("rerun_job", lambda: keep("rerun", api.rerun_job(job_id=made["job"].id)), has(docker_image="python:3.12")),
    ("cancel_job", lambda: api.cancel_job(job_id=made["rerun"].id), None),
    ("inspect_job once canceled", lambda: api.inspect_job(job_id=made["rerun"].id), has(status=has(stage="CANCELED"))),
    ("inspect_job of none", lambda: api.inspect_job(job_id="0" * 24), fails(HfHubHTTPError, 404)),
    ("create_scheduled_job", lambda: keep("schedule", api.create_scheduled_job(image="python:3.12", command=["true"], schedule="@daily")), has(schedule="@daily")),
    ("list_scheduled_jobs", lambda: names(api.list_scheduled_jobs()), lambda ids: made["schedule"].id in ids),
    ("inspect_scheduled_job", lambda: api.inspect_scheduled_job(scheduled_job_id=made["schedule"].id), has(job_spec=has(docker_image="python:3.12"))),
    ("suspend_scheduled_job", lambda: api.suspend_scheduled_job(scheduled_job_id=made["schedule"].id), None),
    ("resume_scheduled_job", lambda: api.resume_scheduled_job(scheduled_job_id=made["schedule"].id), None),
    ("update_scheduled_job_labels", lambda: api.update_scheduled_job_labels(scheduled_job_id=made["schedule"].id, labels={"k": "v"}), has(job_spec=has(labels={"k": "v"}))),
    ("update_scheduled_job_schedule", lambda: api.update_scheduled_job_schedule(scheduled_job_id=made["schedule"].id, schedule="@weekly"), has(schedule="@weekly")),
    ("trigger_scheduled_job", lambda: api.trigger_scheduled_job(scheduled_job_id=made["schedule"].id), has(docker_image="python:3.12")),
    ("delete_scheduled_job", lambda: api.delete_scheduled_job(scheduled_job_id=made["schedule"].id), None),

    ("update_repo_settings, gated", lambda: api.update_repo_settings(REPO, gated="manual"), None),
    ("hf_hub_download of what is gated", lambda: other.hf_hub_download(REPO, "small.txt", cache_dir=folder / "other"), fails(GatedRepoError, 403)),
    ("grant_access", lambda: api.grant_access(REPO, "grace"), anything),
    ("list_accepted_access_requests", lambda: [request.username for request in api.list_accepted_access_requests(REPO)], ["grace"]),
    ("hf_hub_download once let in", lambda: Path(other.hf_hub_download(REPO, "small.txt", cache_dir=folder / "other")).read_bytes(), small),
    ("cancel_access_request", lambda: api.cancel_access_request(REPO, "grace"), None),
    ("list_pending_access_requests", lambda: [request.username for request in api.list_pending_access_requests(REPO)], ["grace"]),
    ("reject_access_request", lambda: api.reject_access_request(REPO, "grace", rejection_reason="No."), None),
    ("list_rejected_access_requests", lambda: [request.username for request in api.list_rejected_access_requests(REPO)], ["grace"]),
    ("accept_access_request", lambda: api.accept_access_request(REPO, "grace"), None),
    ("accept_access_request of nobody", lambda: api.accept_access_request(REPO, "nobody-here"), fails(HfHubHTTPError, 404)),

    ("list_repo_likers", lambda: [user.username for user in api.list_repo_likers(GPT2)], anything),
    ("list_liked_repos", lambda: api.list_liked_repos("grace"), has(user="grace")),
    ("unlike", lambda: api.unlike(GPT2), None),
    ("list_papers", lambda: list(api.list_papers(query="a", limit=3)), anything),
    ("list_daily_papers", lambda: list(api.list_daily_papers(limit=3)), some),
    ("paper_info", lambda: api.paper_info(next(iter(api.list_daily_papers(limit=1))).id), has(title=some)),

    ("create_bucket", lambda: api.create_bucket(BUCKET, private=True), has(bucket_id=BUCKET)),
    ("bucket_info", lambda: api.bucket_info(BUCKET), has(id=BUCKET, private=True)),
    ("update_bucket_settings", lambda: api.update_bucket_settings(BUCKET, private=False), None),
    ("list_buckets", lambda: names(api.list_buckets("ada")), [BUCKET]),
    ("list_bucket_tree", lambda: len([entry for entry in api.list_bucket_tree("acme-research/checkpoints", recursive=True)]), 5),
    ("batch_bucket_files with a file", lambda: api.batch_bucket_files(BUCKET, add=[(b"hi", "hi.txt")]), None, ("mock", "it takes no Xet uploads, and buckets take no others", fails(RuntimeError))),
    ("download_bucket_files", lambda: (api.download_bucket_files("acme-research/checkpoints", [("README.md", folder / "bucket.md")]), (folder / "bucket.md").read_text())[1], "# Checkpoints\n", ("mock", "it has no Xet to download files of buckets from", fails(ValueError))),
    ("get_bucket_paths_info", lambda: keep("file", list(api.get_bucket_paths_info("acme-research/checkpoints", ["README.md", "none"]))[0]), has(size=14, xet_hash=lambda xet: len(xet) == 64)),
    ("batch_bucket_files with a copy", lambda: api.batch_bucket_files(BUCKET, copy=[("bucket", "acme-research/checkpoints", made["file"].xet_hash, "copy.md")]), None),
    ("batch_bucket_files with a deletion", lambda: api.batch_bucket_files(BUCKET, delete=["copy.md"]), None),
    ("move_bucket", lambda: api.move_bucket(BUCKET, f"{BUCKET}-moved"), None),
    ("bucket_info of what was moved", lambda: api.bucket_info(f"{BUCKET}-moved"), has(private=False, total_files=0)),
    ("delete_bucket", lambda: api.delete_bucket(f"{BUCKET}-moved"), None),

    ("permanently_delete_lfs_files", lambda: api.permanently_delete_lfs_files(REPO, [file for file in api.list_lfs_files(REPO) if file.filename == "weights/copy.bin"]), None),
    ("move_repo", lambda: api.move_repo(REPO, "ada/python-moved"), None),
    ("model_info by the old name", lambda: api.model_info(REPO), has(id="ada/python-moved")),
    ("delete_repo", lambda: api.delete_repo("ada/python-moved"), None),
    ("delete_repo twice", lambda: api.delete_repo("ada/python-moved"), fails(HfHubHTTPError, 404)),
    ("delete_repo that may be missing", lambda: api.delete_repo("ada/python-moved", missing_ok=True), None),
]
# fmt: on


def difference(run, expected):
    """What is unlike the expected result, or None."""
    try:
        result = run()
    except Exception as error:
        if isinstance(expected, fails) and expected.fits(error):
            return None
        return f"it fails with {type(error).__name__}: {error}"[:400]
    if isinstance(expected, fails):
        return f"it does not fail, and results in {result!r}"[:400]
    return None if matches(result, expected) else f"the result is {result!r}, not {expected!r}"[:400]


def judge(run, expected, differs=None):
    if differs is None:
        found = difference(run, expected)
        return {"verdict": "same"} if found is None else {"verdict": "differs", "note": found}
    whose, because, instead = differs
    found = difference(run, instead)
    if found is None:
        return {"verdict": "known", "note": f"{whose}: {because}"}
    return {"verdict": "differs", "note": f"it differs in another way than before, or no longer: {found}"}


for name, *row in ROWS:
    print(json.dumps({"call": name, **judge(*row)}), flush=True)
print(json.dumps({"ended": len(ROWS)}), flush=True)
# Threads of a stranger's making must not keep the process.
os._exit(0)
