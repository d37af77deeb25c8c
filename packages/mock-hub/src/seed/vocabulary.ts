/** The words the seeded world is made of. */

export const people = [
  ["ada", "Ada Example"],
  ["rajpurkar", "Pranav Example"],
  ["grace", "Grace Sample"],
  ["kenji", "Kenji Sample"],
  ["amara", "Amara Specimen"],
  ["sofia", "Sofia Specimen"],
  ["tomas", "Tomás Placeholder"],
  ["mei", "Mei Placeholder"],
  ["omar", "Omar Dummy"],
  ["lucia", "Lucía Dummy"],
  ["noor", "Noor Template"],
  ["pavel", "Pavel Template"],
] as const;

export const modelNames = [
  "lumen",
  "orca-lite",
  "kestrel",
  "polyglot",
  "mistwood",
  "tern",
  "juniper",
  "basalt",
] as const;
export const modelSizes = ["tiny", "small", "base", "large", "1b", "3b", "7b", "13b"] as const;
export const modelVariants = ["", "-instruct", "-chat", "-cased", "-uncased", "-multilingual", "-gguf"] as const;
export const datasetTopics = [
  "reviews",
  "captions",
  "dialogues",
  "recipes",
  "maps",
  "lyrics",
  "news",
  "questions",
] as const;
export const datasetScopes = ["multilingual", "web", "clinical", "street", "museum", "harbour", "synthetic"] as const;
export const spaceVerbs = ["chat-with", "draw-with", "compare", "translate", "visualise", "transcribe"] as const;

export const tasks = [
  "text-generation",
  "text-classification",
  "fill-mask",
  "feature-extraction",
  "text-to-image",
  "automatic-speech-recognition",
  "image-classification",
  "translation",
] as const;
export const libraries = ["transformers", "diffusers", "sentence-transformers", "gguf", "timm"] as const;
export const licenses = ["mit", "apache-2.0", "cc-by-4.0", "openrail"] as const;
export const languages = ["en", "fr", "de", "ja", "zh", "es", "ar", "sw"] as const;
export const spaceSdks = ["gradio", "docker", "static"] as const;
