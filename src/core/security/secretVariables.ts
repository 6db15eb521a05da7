type Environment = Readonly<Record<string, string | undefined>>;

/** Variables that programs are given keys in. */
const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|_KEY$|API_?KEY|ACCESS_KEY|PRIVATE_KEY|CREDENTIAL|_AUTH$/i;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The environment for a program that needs none of the user's keys. */
export function withoutSecrets(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !isSecretName(name)));
}
