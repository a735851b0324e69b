import { trusted, type Xml } from '../encode/element.js';
import { xmlText } from '../encode/xml-text.js';
import type { EwsLibrary, LibraryAppointment, LibraryService } from './ews-library.js';

/**
 * A library object as a CalendarItem element. Only its own properties are written, by the library, through a writer
 * that escapes what the library's would not; its Save, which sends, is never called.
 */
export function writeNative(library: EwsLibrary, service: LibraryService, appointment: LibraryAppointment): Xml {
  const writer = new (escapingWriter(library))(service);
  appointment.Validate();
  appointment.PropertyBag.WriteToXml(writer);
  return trusted(writer.GetXML());
}

function escapingWriter({ EwsServiceXmlWriter }: EwsLibrary): EwsLibrary['EwsServiceXmlWriter'] {
  return class EscapingWriter extends EwsServiceXmlWriter {
    override WriteAttributeString(...parts: readonly string[]): void {
      // The value is the last of the parts; before it come a name, or a prefix and a name.
      super.WriteAttributeString(...parts.slice(0, -1), xmlText(String(parts.at(-1))));
    }

    override WriteValue(value: string, name: string): void {
      super.WriteValue(xmlText(String(value)), name);
    }
  };
}
