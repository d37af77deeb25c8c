import { whoAmI } from "@huggingface/hub";

document.body.append((await whoAmI({ accessToken: prompt("token") ?? "" })).name);
