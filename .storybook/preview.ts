import '@fontsource-variable/vazirmatn';
import './page.css';
import { type Preview, setCustomElementsManifest } from '@storybook/web-components-vite';
import manifest from '../packages/widgets/dist/custom-elements.json';

setCustomElementsManifest(manifest);

const rightToLeft = new Set(['fa']);

const preview: Preview = {
  tags: ['autodocs'],
  globalTypes: {
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        dynamicTitle: true,
        items: [
          { value: 'en', title: 'English' },
          { value: 'fa', title: 'فارسی', right: 'rtl' },
          { value: 'cs', title: 'Čeština' },
        ],
      },
    },
    direction: {
      description: 'Direction',
      toolbar: {
        icon: 'transfer',
        dynamicTitle: true,
        items: [
          { value: 'auto', title: 'Direction of the language' },
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
      },
    },
    scheme: {
      description: 'Colour scheme',
      toolbar: {
        icon: 'mirror',
        dynamicTitle: true,
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
      },
    },
  },
  initialGlobals: { locale: 'en', direction: 'auto', scheme: 'light' },
  decorators: [
    (story, { globals, viewMode, canvasElement }) => {
      const locale = String(globals.locale);
      const direction = String(globals.direction);
      // A story alone is the page; in the docs it is a part of Storybook's own page, which stays English.
      const page = viewMode === 'docs' ? canvasElement : document.documentElement;
      page.lang = locale;
      page.dir = direction !== 'auto' ? direction : rightToLeft.has(locale) ? 'rtl' : 'ltr';
      page.style.colorScheme = String(globals.scheme);
      return story();
    },
  ],
  parameters: {
    layout: 'padded',
    // A failed play function is a failed story, in the canvas and in the gate.
    throwPlayFunctionExceptions: true,
    backgrounds: { disable: true },
    controls: { expanded: true },
    a11y: { test: 'error' },
    options: { storySort: { method: 'alphabetical' } },
  },
};

export default preview;
