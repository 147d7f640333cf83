/** What callers hear who leave a message, and what whoever speaks a greeting hears. */
export const voicemailPrompts = {
  'voicemail-greeting': {
    en: 'Nobody can take your call at the moment. Please leave a message after the tone, then hang up or press the hash key.',
    fa: 'در حال حاضر کسی پاسخگو نیست. لطفاً پس از بوق پیام خود را بگذارید و سپس گوشی را بگذارید یا کلید مربع را بزنید.',
    cs: 'Váš hovor nyní nemůžeme přijmout. Po zaznění tónu prosím zanechte zprávu a pak zavěste nebo stiskněte křížek.',
  },
  'voicemail-thanks': {
    en: 'Thank you. Your message is kept.',
    fa: 'متشکریم. پیام شما ثبت شد.',
    cs: 'Děkujeme. Vaše zpráva je uložena.',
  },
  'greeting-speak': {
    en: 'Please speak your greeting after the tone, then press the hash key.',
    fa: 'لطفاً پس از بوق پیام خوشامد خود را بگویید و سپس کلید مربع را بزنید.',
    cs: 'Po zaznění tónu prosím namluvte svůj pozdrav a stiskněte křížek.',
  },
  'greeting-keep': {
    en: 'To keep this greeting, press one. To speak it again, press two.',
    fa: 'برای نگه داشتن این پیام کلید یک و برای ضبط دوباره کلید دو را بزنید.',
    cs: 'Chcete-li tento pozdrav ponechat, stiskněte jedničku. Chcete-li jej namluvit znovu, stiskněte dvojku.',
  },
  'greeting-kept': {
    en: 'Your greeting is kept.',
    fa: 'پیام خوشامد شما ذخیره شد.',
    cs: 'Váš pozdrav je uložen.',
  },
  'greeting-too-short': {
    en: 'I have heard nothing.',
    fa: 'صدایی شنیده نشد.',
    cs: 'Nic jsme neslyšeli.',
  },
  'greeting-not-kept': {
    en: 'Your greeting could not be kept. Please try again later.',
    fa: 'پیام خوشامد شما ذخیره نشد. لطفاً بعداً دوباره تلاش کنید.',
    cs: 'Váš pozdrav se nepodařilo uložit. Zkuste to prosím později.',
  },
} as const;
