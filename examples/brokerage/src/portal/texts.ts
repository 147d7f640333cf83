/** The portal's own words. The widgets bring theirs. */
export const LANGUAGES = ['fa', 'en', 'cs'] as const;
export type Language = (typeof LANGUAGES)[number];

export const directionOf = (language: Language): 'rtl' | 'ltr' => (language === 'fa' ? 'rtl' : 'ltr');

const en = {
  language: 'English', broker: 'Mehregan Brokerage', signIn: 'Sign in', signOut: 'Sign out', username: 'Username', password: 'Password',
  wrong: 'Username or password is wrong.', desk: 'Desk', clients: 'Clients', floor: 'Dealing floor', reports: 'Orders and recordings', newCustomer: 'New customer',
  name: 'Name', number: 'Client number', phone: 'Telephone', market: 'Market', contract: 'Contract', balance: 'Balance (rial)', none: 'none',
  securities: 'securities', commodity: 'commodity exchange', both: 'both',
  telephone: "Customer's telephone", welcome: 'Good day', deskHint: 'Wait for a call, or open the customer’s telephone in a second window and ring.', notAllowed: 'This page is for other colleagues.',
};
export type PortalTexts = { readonly [K in keyof typeof en]: string };

const fa: PortalTexts = {
  language: 'فارسی', broker: 'کارگزاری مهرگان', signIn: 'ورود', signOut: 'خروج', username: 'نام کاربری', password: 'گذرواژه',
  wrong: 'نام کاربری یا گذرواژه نادرست است.', desk: 'میز کار', clients: 'مشتریان', floor: 'تالار', reports: 'درخواست‌ها و مکالمات', newCustomer: 'تعریف مشتری',
  name: 'نام', number: 'کد مشتری', phone: 'تلفن', market: 'بازار', contract: 'قرارداد', balance: 'مانده (ریال)', none: 'ندارد',
  securities: 'اوراق بهادار', commodity: 'بورس کالا', both: 'هر دو',
  telephone: 'تلفن مشتری', welcome: 'روز بخیر', deskHint: 'منتظر تماس بمانید، یا «تلفن مشتری» را در پنجره‌ای دیگر باز کنید و شماره را بگیرید.', notAllowed: 'این صفحه برای همکاران دیگر است.',
};

const cs: PortalTexts = {
  language: 'Čeština', broker: 'Makléřství Mehregan', signIn: 'Přihlásit', signOut: 'Odhlásit', username: 'Uživatelské jméno', password: 'Heslo',
  wrong: 'Jméno nebo heslo není správné.', desk: 'Pracoviště', clients: 'Klienti', floor: 'Burzovní parket', reports: 'Pokyny a nahrávky', newCustomer: 'Nový klient',
  name: 'Jméno', number: 'Číslo klienta', phone: 'Telefon', market: 'Trh', contract: 'Smlouva', balance: 'Zůstatek (rial)', none: 'není',
  securities: 'cenné papíry', commodity: 'komoditní burza', both: 'obojí',
  telephone: 'Telefon klienta', welcome: 'Dobrý den', deskHint: 'Počkejte na hovor, nebo otevřete telefon klienta v druhém okně a zavolejte.', notAllowed: 'Tato stránka je pro jiné kolegy.',
};

export const TEXTS: Readonly<Record<Language, PortalTexts>> = { en, fa, cs };
