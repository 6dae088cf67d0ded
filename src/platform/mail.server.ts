import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type { Config } from './config.server.ts';

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** Sends letters, or keeps them in a folder when no mail server is set. */
export interface Mail {
  /** `sent` when the mail server took it, `kept` when it was written to the outbox folder. Rejects when neither worked. */
  send(letter: Letter): Promise<'sent' | 'kept'>;
  /** Whether letters leave this machine. */
  leaves: boolean;
}

/** Opens the mail: SMTP when `SMTP_URL` is set, else files in `DATA_DIR/outbox` that an administrator hands on. */
export function openMail({ smtpUrl, mailFrom, dataDir }: Config): Mail {
  if (smtpUrl) {
    const transport = createTransport(smtpUrl);
    return {
      leaves: true,
      async send(letter) {
        await transport.sendMail({ from: mailFrom, ...letter });
        return 'sent';
      },
    };
  }
  const outbox = path.join(dataDir, 'outbox');
  return {
    leaves: false,
    async send({ to, subject, text }) {
      await mkdir(outbox, { recursive: true, mode: 0o700 });
      const name = `${new Date().toISOString().replaceAll(':', '-')}-${crypto.randomUUID()}.txt`;
      const letter = `From: ${mailFrom}\nTo: ${to}\nSubject: ${subject}\n\n${text}\n`;
      await writeFile(path.join(outbox, name), letter, { mode: 0o600 });
      return 'kept';
    },
  };
}
