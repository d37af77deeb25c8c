/** The operation's page in the Hub's API playground; braces are encoded, slashes are not. */
export function playgroundLink(tag: string, method: string, path: string): string {
  return `https://huggingface.co/spaces/huggingface/openapi#tag/${tag}/${method.toUpperCase()}${encodeURI(path)}`;
}
