import { readExamples } from "./doc-comments.js";
import { publicMethods } from "./public-methods.js";

/** How a method is called: the example of its doc comment, in the words of the namespace that it is called on. */
export interface Sample {
  /** `models.list`, or the name of a class or function that has an example of its own. */
  name: string;
  code: string;
}

/**
 * What a namespace says where the example of a shared method speaks of models: its own name, repositories of its own
 * kind, and files that these have.
 */
const ownWords: Readonly<Record<string, readonly (readonly [theirs: string, own: string])[]>> = {
  datasets: [
    ["hub.models.", "hub.datasets."],
    ["openai-community/gpt2", "rajpurkar/squad"],
    ["my-model", "my-dataset"],
    ["meta-llama/Llama-3.1-8B", "nvidia/OpenMathReasoning"],
    ["config.json", "README.md"],
    ['path: "onnx"', 'path: "data"'],
    ["model.safetensors", "data/train.parquet"],
  ],
  spaces: [
    ["hub.models.", "hub.spaces."],
    ["openai-community/gpt2", "gradio/hello_world"],
    ["meta-llama/Llama-3.1-8B", "gradio/hello_world"],
    ["my-model", "my-space"],
    ["# My model", "# My Space"],
    ["config.json", "README.md"],
    ['path: "onnx"', 'path: "images"'],
    ["model.safetensors", "images/cat.png"],
  ],
  buckets: [
    ["hub.models.", "hub.buckets."],
    ["my-model", "my-bucket"],
    ["me/model", "me/my-bucket"],
  ],
  kernels: [
    ["hub.models.", "hub.kernels."],
    ["openai-community/gpt2", "kernels-community/activation"],
    ["config.json", "README.md"],
  ],
  scimProvisioning: [["hub.scim.", "hub.scimProvisioning."]],
};

/** One for each public method, and those of exported classes and functions. */
export function readSamples(): Sample[] {
  const examples = new Map(readExamples().map(({ subject, code }) => [subject, code]));
  const ofMethods = publicMethods().flatMap(({ method, definedBy }) => {
    const code = examples.get(`${definedBy}.${method.slice(method.lastIndexOf(".") + 1)}`);
    return code === undefined ? [] : [{ name: method, code: inOwnWords(code, method) }];
  });
  const others = Array.from(examples).filter(([subject]) => !subject.includes("."));
  return [...ofMethods, ...others.map(([name, code]) => ({ name, code }))];
}

function inOwnWords(code: string, method: string): string {
  const [namespace = ""] = method.split(".");
  if (code.includes(`hub.${namespace}.`)) return code;
  return (ownWords[namespace] ?? []).reduce((text, [theirs, own]) => text.replaceAll(theirs, own), code);
}
