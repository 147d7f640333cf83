export {
  type CreateInstallationsOptions,
  createInstallations,
  type InstallationOptions,
} from './create-installations.ts';
