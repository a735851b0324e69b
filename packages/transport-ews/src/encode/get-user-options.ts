import { element, textElement, type Xml } from './element.js';

/** Operation GetUserConfiguration: what the owner has chosen in Outlook on the web, which keeps it in the root folder. */
export function getUserOptions(): Xml {
  return element(
    'm:GetUserConfiguration',
    {},
    element('m:UserConfigurationName', { Name: 'OWA.UserOptions' }, element('t:DistinguishedFolderId', { Id: 'root' })),
    textElement('m:UserConfigurationProperties', 'Dictionary'),
  );
}
