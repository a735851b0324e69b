import { GraphError } from '../graph-error.js';

export interface Token {
  readonly kind: 'word' | 'string' | 'mark';
  /** What a string holds, without its quotes. */
  readonly text: string;
  readonly at: number;
}

const TOKEN = /\s*(?:'((?:[^']|'')*)'|([A-Za-z_$@][\w./$@-]*|-?\d[\w.:+-]*)|([(),:=;]))/y;

/** An OData expression in tokens, to be taken from the front. */
export class Tokens {
  private readonly tokens: readonly Token[];
  private next = 0;

  /** @throws GraphError BadRequest for what is no token */
  constructor(
    private readonly source: string,
    private readonly clause: string,
  ) {
    this.tokens = [...tokensIn(source, (at) => this.error(at))];
  }

  get isAtEnd(): boolean {
    return this.next >= this.tokens.length;
  }

  peek(ahead: number = 0): Token | undefined {
    return this.tokens[this.next + ahead];
  }

  take(kind: Token['kind']): string {
    const token = this.peek();
    if (token?.kind !== kind) throw this.unexpected();
    this.next += 1;
    return token.text;
  }

  /** Takes a word or a mark, whatever its case, if it is the next. */
  takeIf(text: string): boolean {
    const token = this.peek();
    if (token === undefined || token.kind === 'string' || token.text.toLowerCase() !== text.toLowerCase()) return false;
    this.next += 1;
    return true;
  }

  expect(...texts: readonly string[]): void {
    for (const text of texts) if (!this.takeIf(text)) throw this.unexpected();
  }

  unexpected(): GraphError {
    return this.error(this.peek()?.at ?? this.source.length);
  }

  private error(at: number): GraphError {
    return new GraphError(
      400,
      'BadRequest',
      `Invalid ${this.clause} clause: Syntax error at position ${at} in '${this.source}'.`,
    );
  }
}

function* tokensIn(source: string, error: (at: number) => GraphError): Generator<Token> {
  const text = source.trimEnd();
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null) throw error(at);
    const [, string, word, mark = ''] = match;
    if (string !== undefined) yield { kind: 'string', text: string.replaceAll("''", "'"), at };
    else if (word !== undefined) yield { kind: 'word', text: word, at };
    else yield { kind: 'mark', text: mark, at };
  }
}
