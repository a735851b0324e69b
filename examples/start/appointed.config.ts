import { defineConfig, secret, setting } from '@appointed/cli';
import { TennisLessonFactory } from '@appointed/factories';
import { basic, ews } from '@appointed/transport-ews';

export default defineConfig({
  transport: () =>
    ews({
      url: setting('EWS_URL'),
      credentials: basic({ user: setting('EWS_USER'), password: secret('EWS_PASSWORD') }),
    }),
  factories: { lesson: TennisLessonFactory },
});
