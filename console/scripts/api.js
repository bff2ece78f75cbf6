// The server's JSON API, as room and admin pages ask it.

/** What the server refused: `id`, `message` and `hint` (English; `sentences` as scripts/sentences.js reads them), `status`; 0 without an answer. */
export class Refusal extends Error {
  constructor(status, { id, message, hint, sentences } = {}) {
    super(message ?? String(status));
    [this.status, this.id, this.hint, this.sentences] = [status, id ?? null, hint ?? null, sentences];
  }
}

/** The answer to a request: parsed JSON, or text where it is no JSON. Throws `Refusal`. */
export async function ask(path, { method = "GET", body, raw } = {}) {
  const request = { method, headers: {} };
  if (body !== undefined) [request.body, request.headers["Content-Type"]] = [JSON.stringify(body), "application/json"];
  if (raw !== undefined) [request.body, request.headers["Content-Type"]] = [raw, "application/octet-stream"];
  let answer;
  try {
    answer = await fetch(path, request);
  } catch {
    throw new Refusal(0, { id: "noAnswer" });
  }
  const isJSON = answer.headers.get("Content-Type")?.includes("json");
  const content = await (isJSON ? answer.json() : answer.text()).catch(() => {
    if (answer.ok) throw new Refusal(0, { id: "noAnswer" }); // it broke off
    return {};
  });
  if (!answer.ok) throw Object.assign(new Refusal(answer.status, isJSON ? content.error : undefined), { content });
  return content;
}

/** Silence (ms) after which a line of events counts as lost: the server says something every 5 s. */
export const silence = 12_000;

export const post = (path, body = {}) => ask(path, { method: "POST", body });
