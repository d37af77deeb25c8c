/** Adds to what an error says, in its stack as well, which most logs show instead of the message. */
export function addWords<E extends Error>(error: E, words: string): E {
  const { message } = error;
  if (message.endsWith(words)) return error;
  error.message += words;
  if (typeof error.stack === "string") error.stack = error.stack.replace(message, () => error.message);
  return error;
}
