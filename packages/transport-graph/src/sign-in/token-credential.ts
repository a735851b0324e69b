/** Gives access tokens: what every credential of `@azure/identity` is. */
export interface TokenCredential {
  /**
   * @param scope `https://graph.microsoft.com/.default`, or that of a national cloud
   * @returns the token, and when it ends (milliseconds since the epoch); null where there is none
   */
  getToken(scope: string): Promise<{ readonly token: string; readonly expiresOnTimestamp: number } | null>;
}
