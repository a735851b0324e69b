import { SavedAnswer } from './saved-answer.js';
import { readSoap, type SoapAnswer } from './soap-answer.js';

/** Reads the answers of one server. */
export class AnswerReader {
  #last: SavedAnswer | undefined;

  /** @returns undefined if it is no SOAP: HTML, a part of an answer, anything else */
  read(body: Buffer): SoapAnswer | undefined {
    return this.#last?.read(body) ?? this.#readWhole(body);
  }

  #readWhole(body: Buffer): SoapAnswer | undefined {
    const answer = readSoap(body.toString('utf8'));
    if (answer !== undefined) this.#last = SavedAnswer.of(answer, body) ?? this.#last;
    return answer;
  }
}
