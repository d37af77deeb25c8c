const sha256 = /^[0-9a-f]{64}$/;
const gitOid = /^[0-9a-f]{40}$/;

export const isSha256 = (text: string | undefined): text is string => sha256.test(`${text}`);

/** Of a file, or of a commit. */
export const isGitOid = (text: string | undefined): text is string => gitOid.test(`${text}`);
