/** The Hub is asked for a pull request by the value 1; what it makes of another one, "false" say, nobody has seen. */
export const createPr = (wanted: boolean | undefined): "1" | undefined => (wanted === true ? "1" : undefined);
