import { describe, expect, it } from "vitest";
import { PipelineError } from "./pipeline-error.js";
import { attempt, refuseAtOnce, Refusals, Stop } from "./refusals.js";

const thrownBy = (step: () => void): unknown => {
  try {
    step();
    return undefined;
  } catch (error) {
    return error;
  }
};

describe("refusals", () => {
  it("that are none stop nothing", () => {
    expect(() => new Refusals().throwAny()).not.toThrow();
  });

  it("are thrown together, a sentence each, and by part", () => {
    const refusals = new Refusals();
    attempt(refusals.in("names"), () => {
      throw new PipelineError("A name is gone.");
    });
    attempt(refusals.in("overlay"), () => {
      throw new PipelineError("2 expectations:", ["One.", "Two."]);
    });
    attempt(refusals.in("names"), () => {
      throw new PipelineError("Another is, too.");
    });
    const stop = thrownBy(() => refusals.throwAny());
    expect(stop).toBeInstanceOf(Stop);
    const { message, reasons, parts } = stop as Stop;
    expect(message).toBe("4 things do not fit together any more:");
    expect(reasons).toEqual(["A name is gone.", "Another is, too.", "One.", "Two."]);
    expect([...parts]).toEqual([
      ["names", ["A name is gone.", "Another is, too."]],
      ["overlay", ["One.", "Two."]],
    ]);
  });

  it("that are one say what it said", () => {
    const refusals = new Refusals();
    refusals.in("overlay")(new PipelineError("2 expectations:", ["One.", "Two."]));
    expect(thrownBy(() => refusals.throwAny())).toMatchObject({
      message: "2 expectations:",
      reasons: ["One.", "Two."],
    });
  });

  it("do not hide a fault of the program", () => {
    const fault = (): void => {
      throw new TypeError("x is undefined");
    };
    expect(() => attempt(new Refusals().in("names"), fault)).toThrow(TypeError);
  });

  it("end a run at once where nothing collects them", () => {
    expect(() => refuseAtOnce(new PipelineError("No."))).toThrow("No.");
  });
});
