/** What the caller passed cannot become a request; nothing was sent. */
export class InvalidInputError extends TypeError {
  override readonly name: string = "InvalidInputError";
}
