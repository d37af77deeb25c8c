import { showModelSearch } from "../../../../examples/react/model-search.js";

showModelSearch(document.body, document.documentElement.dataset["hub"]);
