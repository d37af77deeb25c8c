/** The other end of a `Child`: answers each question of the parent process, and ends with it. */
export function answering<Q>(answer: (question: Q) => unknown): void {
  process.on("message", (question: Q) => {
    void Promise.resolve(answer(question)).then(
      (result) => process.send?.(result ?? null),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
