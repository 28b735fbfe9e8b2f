import { createI18n } from "vue-i18n";

export type Language = "zh-hans" | "en";

const CHINESE: Language = "zh-hans";
const TAGS: Record<Language, string> = { "zh-hans": "zh-CN", en: "en" };

/** The Chinese sentence is its own key, as on the desk; other languages have a dictionary, fetched when somebody reads it. */
const i18n = createI18n({
  legacy: false,
  locale: CHINESE as string,
  fallbackLocale: CHINESE,
  messages: { [CHINESE]: {} } as Record<string, Record<string, string>>,
  messageResolver: (found, sentence) => (found as Record<string, string>)[sentence] ?? null,
  fallbackFormat: true,
  missingWarn: false,
  fallbackWarn: false,
});

/** A sentence in the reader's language. values: fill its {names}; `count` chooses between one and many. */
export function t(sentence: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(sentence, values);
}

/** As dates and numbers are written: zh-CN or en. */
export function languageTag(): string {
  return TAGS[i18n.global.locale.value as Language];
}

/** What is known of the person, else what the browser prefers. */
export function chosenLanguage(ofPerson: string | undefined, ofBrowser: string): Language {
  const wanted = ofPerson || ofBrowser.toLowerCase();
  return wanted.startsWith("zh") ? CHINESE : "en";
}

/** From now on every sentence is in this language. */
export async function speak(language: Language): Promise<void> {
  if (language === "en" && !i18n.global.availableLocales.includes("en")) {
    i18n.global.setLocaleMessage("en", (await import("../locale/en.json")).default);
  }
  i18n.global.locale.value = language;
}
