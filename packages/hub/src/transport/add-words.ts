/** Adds to what an error says, in its stack as well, which most logs show instead of the message. */
export function addWords<E extends Error>(error: E, words: string): E {
  // Engines may write the stack when it is first read, and then with the message of that moment.
  const { message, stack } = error;
  if (message.endsWith(words)) return error;
  error.message += words;
  if (typeof stack === "string") error.stack = stack.replace(message, () => error.message);
  return error;
}
