import type { Draft } from "./visit";

/** Chinese as data: what the words of a visit are searched for, whatever language the screens speak. */
const DENIED = /(?:没有|没|无|未见|未出现|未发生|未发现|否认|不会|避免|预防|减少)[^，。；]{0,6}$/;

/** The first word that sounds like an adverse event, "" where none does. The server looks again, and more closely. */
export function smells(text: string, signs: string[]): string {
  for (const sign of signs) {
    const at = text.indexOf(sign);
    if (at >= 0 && !DENIED.test(text.slice(Math.max(0, at - 12), at))) return sign;
  }
  return "";
}

export function textsOf(draft: Draft): string {
  return [draft.subject, draft.focus, draft.questions, draft.consensus, draft.disagreement, draft.nextStep].join("。");
}
