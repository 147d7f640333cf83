import type { StorybookConfig } from '@storybook/web-components-vite';
import { liveDesk } from './live/plugin.ts';

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../packages/widgets/src/components/*/*.stories.ts', './live/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal(vite) {
    vite.resolve ??= {};
    // Sources instead of builds: a story shows what is in the editor.
    vite.resolve.conditions = ['@callweave/source', 'module', 'browser', 'development|production'];
    vite.build = { ...vite.build, chunkSizeWarningLimit: 3000 };
    vite.plugins = [...(vite.plugins ?? []), liveDesk()];
    return vite;
  },
};

export default config;
