/** The object without a prototype: what others put on `Object.prototype` is no field of what a caller gave. */
export const ownFields = <T extends object>(given: T): T => Object.assign(Object.create(null), given) as T;
