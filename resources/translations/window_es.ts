<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
 <context>
  <name>window</name>
  <message>
   <source>The lesson '{title}' has no quiz to give to a class.</source>
   <translation>La lección «{title}» no tiene ningún cuestionario que dar a una clase.</translation>
  </message>
  <message>
   <source>This {one} is no longer here.</source>
   <translation>Esto ({one}) ya no está aquí.</translation>
  </message>
  <message>
   <source>Look at the list again.</source>
   <translation>Vuelve a mirar la lista.</translation>
  </message>
  <message>
   <source>A student needs a name.</source>
   <translation>Un estudiante necesita un nombre.</translation>
  </message>
  <message>
   <source>This file has no class called '{class_name}'; it has {names}.</source>
   <translation>En este archivo no hay ninguna clase llamada «{class_name}»; tiene {names}.</translation>
  </message>
  <message>
   <source>two students here are called {name}, so it was left out.</source>
   <translation>aquí hay dos estudiantes que se llaman {name}, así que se dejó fuera.</translation>
  </message>
  <message>
   <source>The class to import into is no longer here.</source>
   <translation>La clase a la que se iba a importar ya no está aquí.</translation>
  </message>
  <message>
   <source>You have changed this again since, so it was not undone.</source>
   <translation>Después volviste a cambiarlo, así que no se deshizo.</translation>
  </message>
  <message>
   <source>Someone else</source>
   <translation>Otra persona</translation>
  </message>
  <message>
   <source>There is no step {step} to undo.</source>
   <translation>No hay ningún paso {step} que deshacer.</translation>
  </message>
  <message>
   <source>This was undone before.</source>
   <translation>Esto ya se deshizo antes.</translation>
  </message>
  <message>
   <source>There is nothing to redo.</source>
   <translation>No hay nada que rehacer.</translation>
  </message>
  <message>
   <source>Something was added to it since, so it stays.</source>
   <translation>Después se le añadió algo, así que se queda.</translation>
  </message>
  <message>
   <source>A badge that has reached the school stays with the student.</source>
   <translation>Una insignia que ya llegó a la escuela se queda con el estudiante.</translation>
  </message>
  <message>
   <source>It is here again already.</source>
   <translation>Ya vuelve a estar aquí.</translation>
  </message>
  <message>
   <source>This is no longer here, so there is nothing to undo.</source>
   <translation>Esto ya no está aquí, así que no hay nada que deshacer.</translation>
  </message>
  <message>
   <source>You have changed this on another computer since, so it was not undone.</source>
   <translation>Después lo cambiaste en otro equipo, así que no se deshizo.</translation>
  </message>
  <message>
   <source>{who} has changed this since, so it was not undone.</source>
   <translation>{who} cambió esto después, así que no se deshizo.</translation>
  </message>
  <message>
   <source>Look at it, and change it there if it should be different.</source>
   <translation>Míralo, y cámbialo allí si debe ser distinto.</translation>
  </message>
  <message>
   <source>Undo that change first.</source>
   <translation>Deshaz antes ese cambio.</translation>
  </message>
  <message>
   <source>There is nothing to undo.</source>
   <translation>No hay nada que deshacer.</translation>
  </message>
  <message>
   <source>Undo that first, or delete it where it is shown.</source>
   <translation>Deshaz eso primero, o elimínalo donde se muestra.</translation>
  </message>
  <message>
   <source>{who} has deleted this since, so there is nothing to undo.</source>
   <translation>{who} eliminó esto después, así que no hay nada que deshacer.</translation>
  </message>
  <message>
   <source>Choose at least one student, and how many XP they get.</source>
   <translation>Elige al menos un estudiante y cuántos XP recibe.</translation>
  </message>
  <message>
   <source>A student you chose is not in this class.</source>
   <translation>Un estudiante que elegiste no está en esta clase.</translation>
  </message>
  <message>
   <source>That is not a recovery code, or one of its characters is wrong.</source>
   <translation>Eso no es un código de recuperación, o uno de sus caracteres no es correcto.</translation>
  </message>
  <message>
   <source>The place for secrets on this computer did not keep the key it was given.</source>
   <translation>El lugar para los secretos de este equipo no guardó la clave que recibió.</translation>
  </message>
  <message>
   <source>It has 14 groups of four letters and digits.</source>
   <translation>Tiene 14 grupos de cuatro letras y cifras.</translation>
  </message>
  <message>
   <source>Check the keyring, or name an encrypted file with '--vault FILE'.</source>
   <translation>Revisa el llavero, o indica un archivo cifrado con «--vault ARCHIVO».</translation>
  </message>
  <message>
   <source>its results do not fit the changes</source>
   <translation>sus resultados no corresponden a los cambios</translation>
  </message>
  <message>
   <source>a page that is not safe to open</source>
   <translation>una página que no es seguro abrir</translation>
  </message>
  <message>
   <source>the answer of /sync/push</source>
   <translation>la respuesta de /sync/push</translation>
  </message>
  <message>
   <source>a page without its end</source>
   <translation>una página sin su final</translation>
  </message>
  <message>
   <source>the answer of {path}</source>
   <translation>la respuesta de {path}</translation>
  </message>
  <message>
   <source>its pages do not move on</source>
   <translation>sus páginas no avanzan</translation>
  </message>
  <message>
   <source>Local school is already running in another window of this computer.</source>
   <translation>La escuela local ya está abierta en otra ventana de este equipo.</translation>
  </message>
  <message>
   <source>That window syncs by itself; close it first to sync from here.</source>
   <translation>Esa ventana sincroniza sola; ciérrala primero para sincronizar desde aquí.</translation>
  </message>
  <message>
   <source>Local school is not running.</source>
   <translation>La escuela local no está en marcha.</translation>
  </message>
  <message>
   <source>Local school names no owner.</source>
   <translation>La escuela local no dice quién es su titular.</translation>
  </message>
  <message>
   <source>Local school has no output.</source>
   <translation>La escuela local no dice nada.</translation>
  </message>
  <message>
   <source>Local school could not be started: {why}.</source>
   <translation>No se pudo iniciar la escuela local: {why}.</translation>
  </message>
  <message>
   <source>Local school did not start.</source>
   <translation>La escuela local no se inició.</translation>
  </message>
  <message>
   <source>{words} See {log}.</source>
   <translation>{words} Consulta {log}.</translation>
  </message>
  <message>
   <source>Another window or command is busy with this account.</source>
   <translation>Otra ventana u orden está ocupada con esta cuenta.</translation>
  </message>
  <message>
   <source>Let it finish, or close it, and try again.</source>
   <translation>Deja que termine, o ciérrala, e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The Companion is already open on this computer and does not answer.</source>
   <translation>El Companion ya está abierto en este equipo y no responde.</translation>
  </message>
  <message>
   <source>Close it, or end its process, and open it again.</source>
   <translation>Ciérralo, o termina su proceso, y vuelve a abrirlo.</translation>
  </message>
  <message>
   <source>Your sign-in has ended.</source>
   <translation>Tu sesión ha terminado.</translation>
  </message>
  <message>
   <source>The school server at {server} cannot be reached right now.</source>
   <translation>Ahora mismo no se puede llegar al servidor escolar {server}.</translation>
  </message>
  <message>
   <source>The network answered with a web page instead of {server}.</source>
   <translation>La red respondió con una página web en lugar de {server}.</translation>
  </message>
  <message>
   <source>The school server has trouble right now.</source>
   <translation>El servidor escolar tiene problemas en este momento.</translation>
  </message>
  <message>
   <source>The user name and the password do not go together.</source>
   <translation>El nombre de usuario y la contraseña no corresponden.</translation>
  </message>
  <message>
   <source>The school server at {server} does not know what was asked for.</source>
   <translation>El servidor escolar {server} no conoce lo que se le pidió.</translation>
  </message>
  <message>
   <source>There is no ToolBoxAI school server at {server}.</source>
   <translation>En {server} no hay ningún servidor escolar de ToolBoxAI.</translation>
  </message>
  <message>
   <source>Everything has to be fetched once more; nothing of yours is lost.</source>
   <translation>Hay que traerlo todo una vez más; no se pierde nada tuyo.</translation>
  </message>
  <message>
   <source>This is larger than the school server accepts at once.</source>
   <translation>Esto es más grande de lo que el servidor escolar acepta de una vez.</translation>
  </message>
  <message>
   <source>The school server at {server} gave an answer that makes no sense ({what}).</source>
   <translation>El servidor escolar {server} dio una respuesta que no tiene sentido ({what}).</translation>
  </message>
  <message>
   <source>{server} points to another server ({target}), and your sign-in stays here.</source>
   <translation>{server} remite a otro servidor ({target}), y tu sesión se queda aquí.</translation>
  </message>
  <message>
   <source>{server} is not encrypted, so a password could be read on the way.</source>
   <translation>{server} no está cifrado, así que alguien podría leer una contraseña por el camino.</translation>
  </message>
  <message>
   <source>Your work is kept here and goes out when the connection is back.</source>
   <translation>Tu trabajo se guarda aquí y saldrá cuando vuelva la conexión.</translation>
  </message>
  <message>
   <source>Open a browser and sign in to the network, then try again.</source>
   <translation>Abre un navegador, inicia sesión en la red y vuelve a intentarlo.</translation>
  </message>
  <message>
   <source>This goes on by itself in a moment.</source>
   <translation>Esto sigue solo dentro de un momento.</translation>
  </message>
  <message>
   <source>The school server asks for a short pause.</source>
   <translation>El servidor escolar pide una breve pausa.</translation>
  </message>
  <message>
   <source>Sign in again; your work is kept on this computer.</source>
   <translation>Vuelve a iniciar sesión; tu trabajo se guarda en este equipo.</translation>
  </message>
  <message>
   <source>Check both and try again.</source>
   <translation>Revisa los dos e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>Your account is not allowed to do this.</source>
   <translation>Tu cuenta no tiene permiso para hacer esto.</translation>
  </message>
  <message>
   <source>Your school's plan does not cover this.</source>
   <translation>El plan de tu escuela no incluye esto.</translation>
  </message>
  <message>
   <source>Check the address with whoever gave it to you.</source>
   <translation>Comprueba la dirección con quien te la dio.</translation>
  </message>
  <message>
   <source>The school server could not accept this.</source>
   <translation>El servidor escolar no pudo aceptar esto.</translation>
  </message>
  <message>
   <source>Nothing was changed. If this stays, tell your administrator.</source>
   <translation>No se cambió nada. Si sigue igual, díselo a quien administra el servidor.</translation>
  </message>
  <message>
   <source>If the school has moved, sign in at the new address.</source>
   <translation>Si la escuela se ha mudado, inicia sesión en la nueva dirección.</translation>
  </message>
  <message>
   <source>Use the address that begins with https, or have an administrator allow it with the setting 'allow_plain_http'.</source>
   <translation>Usa la dirección que empieza por https, o pide a quien administra el servidor que lo permita con el ajuste «allow_plain_http».</translation>
  </message>
  <message>
   <source>This computer has no keyring to keep your sign-in safe.</source>
   <translation>Este equipo no tiene ningún llavero donde guardar bien tu sesión.</translation>
  </message>
  <message>
   <source>The computer's keyring does not open.</source>
   <translation>El llavero de este equipo no se abre.</translation>
  </message>
  <message>
   <source>Start a keyring (GNOME Keyring or KWallet), or name an encrypted file with '--vault FILE' and put its passphrase into TOOLBOXAI_VAULT_PASSPHRASE.</source>
   <translation>Inicia un llavero (GNOME Keyring o KWallet), o indica un archivo cifrado con «--vault ARCHIVO» y pon su contraseña en TOOLBOXAI_VAULT_PASSPHRASE.</translation>
  </message>
  <message>
   <source>Unlock it, or sign in to the computer again, and try once more.</source>
   <translation>Desbloquéalo, o vuelve a iniciar sesión en el equipo, e inténtalo otra vez.</translation>
  </message>
  <message>
   <source>{file} is too large to be a vault.</source>
   <translation>{file} es demasiado grande para ser un archivo de secretos.</translation>
  </message>
  <message>
   <source>{file} is no vault, or it is damaged.</source>
   <translation>{file} no es un archivo de secretos, o está dañado.</translation>
  </message>
  <message>
   <source>The vault {vault} needs its passphrase.</source>
   <translation>El archivo de secretos {vault} necesita su contraseña.</translation>
  </message>
  <message>
   <source>Name another file with '--vault', and sign in again.</source>
   <translation>Indica otro archivo con «--vault» y vuelve a iniciar sesión.</translation>
  </message>
  <message>
   <source>The passphrase does not open {file}.</source>
   <translation>La contraseña no abre {file}.</translation>
  </message>
  <message>
   <source>Put it into the environment as TOOLBOXAI_VAULT_PASSPHRASE.</source>
   <translation>Ponla en el entorno como TOOLBOXAI_VAULT_PASSPHRASE.</translation>
  </message>
  <message>
   <source>Check TOOLBOXAI_VAULT_PASSPHRASE.</source>
   <translation>Revisa TOOLBOXAI_VAULT_PASSPHRASE.</translation>
  </message>
  <message>
   <source>no sign-in in it</source>
   <translation>no trae ninguna sesión</translation>
  </message>
  <message>
   <source>Nobody is signed in.</source>
   <translation>Nadie ha iniciado sesión.</translation>
  </message>
  <message>
   <source>The place for secrets on this computer did not keep the key that signs lessons.</source>
   <translation>El lugar para los secretos de este equipo no guardó la clave que firma las lecciones.</translation>
  </message>
  <message>
   <source>status {status}</source>
   <translation>estado {status}</translation>
  </message>
  <message>
   <source>it points in circles</source>
   <translation>remite en círculos</translation>
  </message>
  <message>
   <source>'{server}' is no address of a school server.</source>
   <translation>«{server}» no es la dirección de un servidor escolar.</translation>
  </message>
  <message>
   <source>It looks like https://school.example.org.</source>
   <translation>Tiene este aspecto: https://school.example.org.</translation>
  </message>
  <message>
   <source>it points elsewhere after a change</source>
   <translation>remite a otro sitio después de un cambio</translation>
  </message>
  <message>
   <source>its packing is damaged</source>
   <translation>su compresión está dañada</translation>
  </message>
  <message>
   <source>status {status_code}</source>
   <translation>estado {status_code}</translation>
  </message>
  <message>
   <source>This file is far larger than a roster, so it was not read. Nothing was changed. Up to {max_rows:,} rows are read at once.</source>
   <translation>Este archivo es mucho más grande que una lista, así que no se leyó. No se cambió nada. Se leen hasta {max_rows:,} filas de una vez.</translation>
  </message>
  <message>
   <source>This file is damaged or incomplete. Nothing was changed.</source>
   <translation>Este archivo está dañado o incompleto. No se cambió nada.</translation>
  </message>
  <message>
   <source>Export the roster again, or split the file.</source>
   <translation>Exporta otra vez la lista, o divide el archivo.</translation>
  </message>
  <message>
   <source>The names inside this archive are not those of a roster, so it was not opened. Nothing was changed.</source>
   <translation>Los nombres dentro de este archivo no son los de una lista, así que no se abrió. No se cambió nada.</translation>
  </message>
  <message>
   <source>This archive is locked with a password.</source>
   <translation>Este archivo está protegido con una contraseña.</translation>
  </message>
  <message>
   <source>Export or download it again.</source>
   <translation>Vuelve a exportarlo o a descargarlo.</translation>
  </message>
  <message>
   <source>Export the roster again from your school's system.</source>
   <translation>Exporta otra vez la lista desde el sistema de tu escuela.</translation>
  </message>
  <message>
   <source>Export it again without one.</source>
   <translation>Expórtalo de nuevo sin ella.</translation>
  </message>
  <message>
   <source>{where}: {text}</source>
   <translation>{where}: {text}</translation>
  </message>
  <message>
   <source>{file}, row {number}</source>
   <translation>{file}, fila {number}</translation>
  </message>
  <message>
   <source>{name} in this OneRoster archive has no column sourcedId. Nothing was changed.</source>
   <translation>En este archivo OneRoster, {name} no tiene la columna sourcedId. No se cambió nada.</translation>
  </message>
  <message>
   <source>This OneRoster archive has no {name}. Nothing was changed.</source>
   <translation>A este archivo OneRoster le falta {name}. No se cambió nada.</translation>
  </message>
  <message>
   <source>it names a student who is not in the file, so it was left out.</source>
   <translation>nombra a un estudiante que no está en el archivo, así que se dejó fuera.</translation>
  </message>
  <message>
   <source>it names a class that is not in the file, so it was left out.</source>
   <translation>nombra una clase que no está en el archivo, así que se dejó fuera.</translation>
  </message>
  <message>
   <source>this account is switched off, so it was left out.</source>
   <translation>esta cuenta está desactivada, así que se dejó fuera.</translation>
  </message>
  <message>
   <source>Export it again as OneRoster CSV, version 1.1 or 1.2.</source>
   <translation>Expórtalo de nuevo como OneRoster CSV, versión 1.1 o 1.2.</translation>
  </message>
  <message>
   <source>Export it again with users, classes and enrollments.</source>
   <translation>Expórtalo de nuevo con usuarios, clases e inscripciones.</translation>
  </message>
  <message>
   <source>This is an old Excel file (.xls) or one that is locked with a password. Nothing was changed.</source>
   <translation>Este es un archivo antiguo de Excel (.xls) o uno protegido con contraseña. No se cambió nada.</translation>
  </message>
  <message>
   <source>Save it as an Excel workbook (.xlsx) without a password, or as CSV.</source>
   <translation>Guárdalo como libro de Excel (.xlsx) sin contraseña, o como CSV.</translation>
  </message>
  <message>
   <source>This archive is neither OneRoster nor an Excel workbook. Nothing was changed.</source>
   <translation>Este archivo no es OneRoster ni un libro de Excel. No se cambió nada.</translation>
  </message>
  <message>
   <source>Choose the CSV, the .xlsx, or the OneRoster zip.</source>
   <translation>Elige el CSV, el .xlsx o el zip de OneRoster.</translation>
  </message>
  <message>
   <source>This file is empty. Nothing was changed.</source>
   <translation>Este archivo está vacío. No se cambió nada.</translation>
  </message>
  <message>
   <source>Row {number}</source>
   <translation>Fila {number}</translation>
  </message>
  <message>
   <source>'{name}' cannot be a Roblox user name, so it was left empty.</source>
   <translation>«{name}» no puede ser un nombre de usuario de Roblox, así que se dejó vacío.</translation>
  </message>
  <message>
   <source>Choose another file.</source>
   <translation>Elige otro archivo.</translation>
  </message>
  <message>
   <source>No column of this file is headed as a name; its first row is {shown}. Nothing was changed.</source>
   <translation>Ninguna columna de este archivo tiene un encabezado de nombre; su primera fila es {shown}. No se cambió nada.</translation>
  </message>
  <message>
   <source>there is no name, so it was left out.</source>
   <translation>no hay ningún nombre, así que se dejó fuera.</translation>
  </message>
  <message>
   <source>the name is far too long, so it was left out.</source>
   <translation>el nombre es demasiado largo, así que se dejó fuera.</translation>
  </message>
  <message>
   <source>'{email}' is not an e-mail address, so it was left empty.</source>
   <translation>«{email}» no es una dirección de correo, así que se dejó vacía.</translation>
  </message>
  <message>
   <source>Give the columns headings such as First Name, Last Name and Email Address.</source>
   <translation>Pon a las columnas encabezados como First Name, Last Name y Email Address.</translation>
  </message>
  <message>
   <source>{name} is there already ({where}), so it was left out.</source>
   <translation>{name} ya está ({where}), así que se dejó fuera.</translation>
  </message>
  <message>
   <source>This file is not a roster: it holds no text that can be read. Nothing was changed.</source>
   <translation>Este archivo no es una lista: no contiene texto que se pueda leer. No se cambió nada.</translation>
  </message>
  <message>
   <source>Export the roster as CSV or as an Excel workbook (.xlsx).</source>
   <translation>Exporta la lista como CSV o como libro de Excel (.xlsx).</translation>
  </message>
  <message>
   <source>The provider ended without a lesson.</source>
   <translation>El proveedor terminó sin una lección.</translation>
  </message>
  <message>
   <source>this is missing</source>
   <translation>esto falta</translation>
  </message>
  <message>
   <source>lessons have no such field</source>
   <translation>las lecciones no tienen ese campo</translation>
  </message>
  <message>
   <source>this is empty</source>
   <translation>esto está vacío</translation>
  </message>
  <message>
   <source>there are too few of these</source>
   <translation>hay muy pocos</translation>
  </message>
  <message>
   <source>this should be text</source>
   <translation>esto debería ser texto</translation>
  </message>
  <message>
   <source>this text holds broken characters</source>
   <translation>este texto tiene caracteres dañados</translation>
  </message>
  <message>
   <source>this should be a whole number</source>
   <translation>esto debería ser un número entero</translation>
  </message>
  <message>
   <source>this should be a number</source>
   <translation>esto debería ser un número</translation>
  </message>
  <message>
   <source>this should be true or false</source>
   <translation>esto debería ser verdadero o falso</translation>
  </message>
  <message>
   <source>this should be a list</source>
   <translation>esto debería ser una lista</translation>
  </message>
  <message>
   <source>this should hold fields of its own</source>
   <translation>esto debería tener campos propios</translation>
  </message>
  <message>
   <source>this is not written as it should be</source>
   <translation>esto no está escrito como debería</translation>
  </message>
  <message>
   <source>this does not fit</source>
   <translation>esto no encaja</translation>
  </message>
  <message>
   <source>this is longer than {most} characters</source>
   <translation>esto tiene más de {most} caracteres</translation>
  </message>
  <message>
   <source>there are more than {most} of these</source>
   <translation>hay más de {most}</translation>
  </message>
  <message>
   <source>this should be one of {expected}</source>
   <translation>esto debería ser uno de estos: {expected}</translation>
  </message>
  <message>
   <source>this number should be {bound}</source>
   <translation>este número debería ser {bound}</translation>
  </message>
  <message>
   <source>Which model should write the lessons?</source>
   <translation>¿Qué modelo debe escribir las lecciones?</translation>
  </message>
  <message>
   <source>The AI provider needs its key.</source>
   <translation>El proveedor de IA necesita su clave.</translation>
  </message>
  <message>
   <source>The address of the AI provider is no web address.</source>
   <translation>La dirección del proveedor de IA no es una dirección web.</translation>
  </message>
  <message>
   <source>The address of the AI provider holds more than an address.</source>
   <translation>La dirección del proveedor de IA contiene más que una dirección.</translation>
  </message>
  <message>
   <source>The key would travel unencrypted to another computer.</source>
   <translation>La clave viajaría sin cifrar a otro equipo.</translation>
  </message>
  <message>
   <source>Choose one in Settings, AI provider.</source>
   <translation>Elige uno en Ajustes, Proveedor de IA.</translation>
  </message>
  <message>
   <source>Enter it in Settings, AI provider.</source>
   <translation>Escríbela en Ajustes, Proveedor de IA.</translation>
  </message>
  <message>
   <source>It looks like https://api.openai.com/v1.</source>
   <translation>Tiene este aspecto: https://api.openai.com/v1.</translation>
  </message>
  <message>
   <source>Put the key into its own field; addresses are written into logs.</source>
   <translation>Pon la clave en su propio campo; las direcciones se anotan en registros.</translation>
  </message>
  <message>
   <source>Use an address that begins with https://, or a model on this computer.</source>
   <translation>Usa una dirección que empiece por https://, o un modelo en este equipo.</translation>
  </message>
  <message>
   <source>The account of this key with {host} has no credit left.</source>
   <translation>La cuenta de esta clave en {host} ya no tiene saldo.</translation>
  </message>
  <message>
   <source>Add credit there, or make the lesson from a template.</source>
   <translation>Añade saldo allí, o haz la lección con una plantilla.</translation>
  </message>
  <message>
   <source>The platform at {host} says it is done, and sent no lesson.</source>
   <translation>La plataforma {host} dice que ha terminado, y no envió ninguna lección.</translation>
  </message>
  <message>
   <source>The platform cannot make the {part} anew by words.</source>
   <translation>La plataforma no puede rehacer «{part}» siguiendo palabras.</translation>
  </message>
  <message>
   <source>Make the lesson from a template, or choose another AI provider in Settings.</source>
   <translation>Haz la lección con una plantilla, o elige otro proveedor de IA en Ajustes.</translation>
  </message>
  <message>
   <source>The platform says it is done, and sent neither a text nor a question.</source>
   <translation>La plataforma dice que ha terminado, y no envió ni un texto ni una pregunta.</translation>
  </message>
  <message>
   <source>Choose another AI provider in Settings, or change the lesson yourself.</source>
   <translation>Elige otro proveedor de IA en Ajustes, o cambia la lección a mano.</translation>
  </message>
  <message>
   <source>The platform no longer knows of this lesson: it was restarted meanwhile.</source>
   <translation>La plataforma ya no conoce esta lección: se reinició mientras tanto.</translation>
  </message>
  <message>
   <source>What the platform at {host} sent is no lesson: {why}</source>
   <translation>Lo que envió la plataforma {host} no es una lección: {why}</translation>
  </message>
  <message>
   <source>Ask for the lesson again.</source>
   <translation>Vuelve a pedir la lección.</translation>
  </message>
  <message>
   <source>Try again, or make the lesson from a template.</source>
   <translation>Inténtalo de nuevo, o haz la lección con una plantilla.</translation>
  </message>
  <message>
   <source>The platform says that it could not make this lesson.</source>
   <translation>La plataforma dice que no pudo hacer esta lección.</translation>
  </message>
  <message>
   <source>The AI provider at {host} has no model '{model}', or its address is not complete.</source>
   <translation>El proveedor de IA {host} no tiene ningún modelo «{model}», o su dirección está incompleta.</translation>
  </message>
  <message>
   <source>The AI provider at {host} has too much to do for this key just now.</source>
   <translation>El proveedor de IA {host} tiene ahora demasiado que hacer para esta clave.</translation>
  </message>
  <message>
   <source>The AI provider at {host} has said nothing for {seconds:.0f} seconds.</source>
   <translation>El proveedor de IA {host} lleva {seconds:.0f} segundos sin decir nada.</translation>
  </message>
  <message>
   <source>The AI provider at {host} did not finish the lesson within {minutes:.0f} minutes.</source>
   <translation>El proveedor de IA {host} no terminó la lección en {minutes:.0f} minutos.</translation>
  </message>
  <message>
   <source>The answer of the AI provider at {host} stopped in the middle.</source>
   <translation>La respuesta del proveedor de IA {host} se cortó a la mitad.</translation>
  </message>
  <message>
   <source>The AI provider at {host} does not let this key use the model.</source>
   <translation>El proveedor de IA {host} no deja que esta clave use el modelo.</translation>
  </message>
  <message>
   <source>The AI provider at {host} does not accept the key.</source>
   <translation>El proveedor de IA {host} no acepta la clave.</translation>
  </message>
  <message>
   <source>Look at the key in Settings, AI provider, and try it there.</source>
   <translation>Mira la clave en Ajustes, Proveedor de IA, y pruébala allí.</translation>
  </message>
  <message>
   <source>Choose one of its models in Settings, AI provider. Most addresses end in /v1.</source>
   <translation>Elige uno de sus modelos en Ajustes, Proveedor de IA. La mayoría de las direcciones terminan en /v1.</translation>
  </message>
  <message>
   <source>The AI provider at {host} has a fault of its own ({status}).</source>
   <translation>El proveedor de IA {host} tiene un fallo propio ({status}).</translation>
  </message>
  <message>
   <source>The AI provider at {host} cannot be reached.</source>
   <translation>No se puede llegar al proveedor de IA {host}.</translation>
  </message>
  <message>
   <source>What is done so far is kept. Go on later, or make the lesson from a template.</source>
   <translation>Lo hecho hasta ahora se conserva. Sigue más tarde, o haz la lección con una plantilla.</translation>
  </message>
  <message>
   <source>What is done so far is kept. Go on later, or choose a faster model.</source>
   <translation>Lo hecho hasta ahora se conserva. Sigue más tarde, o elige un modelo más rápido.</translation>
  </message>
  <message>
   <source>What is done so far is kept. Go on from there, or choose a faster model.</source>
   <translation>Lo hecho hasta ahora se conserva. Sigue desde ahí, o elige un modelo más rápido.</translation>
  </message>
  <message>
   <source>What was finished before is kept. Go on from there.</source>
   <translation>Lo terminado antes se conserva. Sigue desde ahí.</translation>
  </message>
  <message>
   <source>What is done so far is kept. Go on in about {minutes} min.</source>
   <translation>Lo hecho hasta ahora se conserva. Sigue en unos {minutes} min.</translation>
  </message>
  <message>
   <source>What is done so far is kept. Go on later.</source>
   <translation>Lo hecho hasta ahora se conserva. Sigue más tarde.</translation>
  </message>
  <message>
   <source>The model '{model}' went on writing without an end, and was stopped.</source>
   <translation>El modelo «{model}» seguía escribiendo sin fin, y se detuvo.</translation>
  </message>
  <message>
   <source>The model '{model}' declines to write about this.</source>
   <translation>El modelo «{model}» prefiere no escribir sobre esto.</translation>
  </message>
  <message>
   <source>The model '{model}' did not manage this lesson, also after being told what was wrong: {sentences}</source>
   <translation>El modelo «{model}» no logró esta lección, ni siquiera tras saber qué estaba mal: {sentences}</translation>
  </message>
  <message>
   <source>What was finished before is kept. Try again, or choose another model.</source>
   <translation>Lo terminado antes se conserva. Inténtalo de nuevo, o elige otro modelo.</translation>
  </message>
  <message>
   <source>Put the topic into other words, or make the lesson from a template.</source>
   <translation>Expresa el tema con otras palabras, o haz la lección con una plantilla.</translation>
  </message>
  <message>
   <source>What was finished before is kept. Try again, or choose a larger model.</source>
   <translation>Lo terminado antes se conserva. Inténtalo de nuevo, o elige un modelo más grande.</translation>
  </message>
  <message>
   <source>This lesson has used what one lesson may use ({words}).</source>
   <translation>Esta lección ha gastado lo que puede gastar una lección ({words}).</translation>
  </message>
  <message>
   <source>The request is longer than the model '{model}' can read.</source>
   <translation>La petición es más larga de lo que el modelo «{model}» puede leer.</translation>
  </message>
  <message>
   <source>What is done so far is kept. Raise the limit in Settings, AI provider, or make the lesson from a template.</source>
   <translation>Lo hecho hasta ahora se conserva. Sube el límite en Ajustes, Proveedor de IA, o haz la lección con una plantilla.</translation>
  </message>
  <message>
   <source>Give it less material, or choose a model that reads more at once.</source>
   <translation>Dale menos material, o elige un modelo que lea más de una vez.</translation>
  </message>
  <message>
   <source>A template cannot follow words.</source>
   <translation>Una plantilla no puede seguir palabras.</translation>
  </message>
  <message>
   <source>A template writes the {part} in the same words each time.</source>
   <translation>Una plantilla escribe «{part}» siempre con las mismas palabras.</translation>
  </message>
  <message>
   <source>Leave the instruction empty for other questions, set up an AI provider in Settings, or change the lesson yourself.</source>
   <translation>Deja vacía la instrucción para tener otras preguntas, configura un proveedor de IA en Ajustes, o cambia la lección a mano.</translation>
  </message>
  <message>
   <source>Change them in the lesson itself.</source>
   <translation>Cámbialas en la propia lección.</translation>
  </message>
  <message>
   <source>The quiz of this lesson could not be played to its end.</source>
   <translation>El cuestionario de esta lección no se pudo jugar hasta el final.</translation>
  </message>
  <message>
   <source>Look at its questions for anything unusual.</source>
   <translation>Busca en sus preguntas algo fuera de lo normal.</translation>
  </message>
  <message>
   <source>That sentence is too long: say the topic and the grade in one line.</source>
   <translation>Esa frase es demasiado larga: di el tema y el grado en una línea.</translation>
  </message>
  <message>
   <source>The sentence does not name a topic.</source>
   <translation>La frase no nombra ningún tema.</translation>
  </message>
  <message>
   <source>Which grade is '{topic}' for?</source>
   <translation>¿Para qué grado es «{topic}»?</translation>
  </message>
  <message>
   <source>There is no grade {grade}: grades go from 0 (kindergarten) to 13.</source>
   <translation>No hay grado {grade}: los grados van de 0 (preescolar) a 13.</translation>
  </message>
  <message>
   <source>Write, for instance, 'fractions on a number line, grade 4'.</source>
   <translation>Escribe, por ejemplo, «fracciones en la recta numérica, grado 4».</translation>
  </message>
  <message>
   <source>Add the grade to the sentence, for instance 'grade 4' or 'kindergarten'.</source>
   <translation>Añade el grado a la frase, por ejemplo «grado 4» o «kindergarten».</translation>
  </message>
  <message>
   <source>Ask whoever sent it to share the lesson once more.</source>
   <translation>Pide a quien lo envió que vuelva a compartir la lección.</translation>
  </message>
  <message>
   <source>This file was changed since it was signed, so it was not opened.</source>
   <translation>Este archivo se cambió después de firmarlo, así que no se ha abierto.</translation>
  </message>
  <message>
   <source>This lesson is too long to be shared as a file.</source>
   <translation>Esta lección es demasiado larga para compartirla como archivo.</translation>
  </message>
  <message>
   <source>This file is damaged: its lesson is not the one that was put in.</source>
   <translation>Este archivo está dañado: su lección no es la que se guardó en él.</translation>
  </message>
  <message>
   <source>This file names another lesson than it holds.</source>
   <translation>Este archivo nombra una lección distinta de la que contiene.</translation>
  </message>
  <message>
   <source>This file is larger than a lesson can be.</source>
   <translation>Este archivo es más grande de lo que puede ser una lección.</translation>
  </message>
  <message>
   <source>This file was packed anew by another program.</source>
   <translation>Otro programa ha vuelto a empaquetar este archivo.</translation>
  </message>
  <message>
   <source>This file does not say in a readable way what it is.</source>
   <translation>Este archivo no dice de forma legible qué es.</translation>
  </message>
  <message>
   <source>This lesson was shared by a newer Companion.</source>
   <translation>Esta lección se compartió con un Companion más nuevo.</translation>
  </message>
  <message>
   <source>Shorten its sources or its texts, and try again.</source>
   <translation>Acorta sus fuentes o sus textos e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>This file is damaged or incomplete.</source>
   <translation>Este archivo está dañado o incompleto.</translation>
  </message>
  <message>
   <source>Update this one to open it.</source>
   <translation>Actualiza este para abrirla.</translation>
  </message>
  <message>
   <source>This file holds something else than one shared lesson.</source>
   <translation>Este archivo contiene algo distinto de una lección compartida.</translation>
  </message>
  <message>
   <source>'{name}' is of a kind that cannot be read.</source>
   <translation>«{name}» es de un tipo que no se puede leer.</translation>
  </message>
  <message>
   <source>'{name}' is larger than {limit} MB.</source>
   <translation>«{name}» ocupa más de {limit} MB.</translation>
  </message>
  <message>
   <source>There is no text in what was pasted.</source>
   <translation>No hay texto en lo que se pegó.</translation>
  </message>
  <message>
   <source>'{title}' holds no text.</source>
   <translation>«{title}» no contiene texto.</translation>
  </message>
  <message>
   <source>Use one of {known}, or copy its text and paste it.</source>
   <translation>Usa uno de estos tipos: {known}, o copia su texto y pégalo.</translation>
  </message>
  <message>
   <source>'{name}' could not be opened: {why}.</source>
   <translation>No se pudo abrir «{name}»: {why}.</translation>
  </message>
  <message>
   <source>Use the chapter you need, or paste its text.</source>
   <translation>Usa el capítulo que necesitas, o pega su texto.</translation>
  </message>
  <message>
   <source>If its pages are pictures, copy the text by hand or use another file.</source>
   <translation>Si sus páginas son imágenes, copia el texto a mano o usa otro archivo.</translation>
  </message>
  <message>
   <source>'{name}' {fault}</source>
   <translation>«{name}» {fault}</translation>
  </message>
  <message>
   <source>'{name}' could not be read: it is damaged, or far larger inside than it looks.</source>
   <translation>No se pudo leer «{name}»: está dañado, o es mucho más grande por dentro de lo que parece.</translation>
  </message>
  <message>
   <source>Open it in its own program, copy the text you need, and paste it.</source>
   <translation>Ábrelo en su propio programa, copia el texto que necesitas y pégalo.</translation>
  </message>
  <message>
   <source>{lowest} to {highest}</source>
   <translation>{lowest} a {highest}</translation>
  </message>
  <message>
   <source>For {grade} the templates teach {offers}.</source>
   <translation>Para {grade}, las plantillas enseñan {offers}.</translation>
  </message>
  <message>
   <source>grade {level}</source>
   <translation>grado {level}</translation>
  </message>
  <message>
   <source>kindergarten</source>
   <translation>preescolar</translation>
  </message>
  <message>
   <source>The templates teach: {names}.</source>
   <translation>Las plantillas enseñan: {names}.</translation>
  </message>
  <message>
   <source>No template teaches '{topic}', and templates do not make things up.</source>
   <translation>Ninguna plantilla enseña «{topic}», y las plantillas no se inventan nada.</translation>
  </message>
  <message>
   <source>The template for this does not fit {grade}. There is {reach}.</source>
   <translation>La plantilla para esto no es para {grade}. Hay {reach}.</translation>
  </message>
  <message>
   <source>The template '{topic}' made a quiz that fails our checks: {text}</source>
   <translation>La plantilla «{topic}» hizo un cuestionario que no pasa nuestras comprobaciones: {text}</translation>
  </message>
  <message>
   <source>Try another seed, and please report this.</source>
   <translation>Prueba con otra semilla y, por favor, avisa de esto.</translation>
  </message>
  <message>
   <source>The template '{title}' has {count} questions of these kinds, fewer than the {wanted} asked for.</source>
   <translation>La plantilla «{title}» tiene {count} preguntas de estos tipos, menos que las {wanted} pedidas.</translation>
  </message>
  <message>
   <source>Ask for fewer questions, or for more kinds of question.</source>
   <translation>Pide menos preguntas, o más tipos de pregunta.</translation>
  </message>
  <message>
   <source>There is no setting named '{key}'.</source>
   <translation>No hay ningún ajuste llamado «{key}».</translation>
  </message>
  <message>
   <source>The settings in {file} cannot be read: {why}.</source>
   <translation>No se pueden leer los ajustes de {file}: {why}.</translation>
  </message>
  <message>
   <source>The settings in {file} are not written as TOML: {why}.</source>
   <translation>Los ajustes de {file} no están escritos en TOML: {why}.</translation>
  </message>
  <message>
   <source>The setting '{key}' in {source} should be {why}.</source>
   <translation>El ajuste «{key}» en {source} debería ser {why}.</translation>
  </message>
  <message>
   <source>Mend the line, or rename the file to start with fresh settings.</source>
   <translation>Corrige la línea, o cambia el nombre del archivo para empezar con ajustes nuevos.</translation>
  </message>
  <message>
   <source>The Companion is closing, so nothing more can be saved now.</source>
   <translation>El Companion se está cerrando, así que ya no se puede guardar nada más.</translation>
  </message>
  <message>
   <source>Something about the {field} does not fit.</source>
   <translation>Algo no encaja en «{field}».</translation>
  </message>
  <message>
   <source>Something in this does not fit. Look at each field, and try again.</source>
   <translation>Algo no encaja aquí. Revisa cada campo e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The {field} is missing. Fill it in, and try again.</source>
   <translation>Falta «{field}». Complétalo e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The {field} is empty. Fill it in, and try again.</source>
   <translation>«{field}» está vacío. Complétalo e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The {field} may have at most {most} letters. Shorten it, and try again.</source>
   <translation>«{field}» puede tener como máximo {most} letras. Acórtalo e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The {field} may be at most {most}.</source>
   <translation>«{field}» puede ser como máximo {most}.</translation>
  </message>
  <message>
   <source>The {field} may not be less than {least}.</source>
   <translation>«{field}» no puede ser menor que {least}.</translation>
  </message>
  <message>
   <source>The {field} should be a number.</source>
   <translation>«{field}» debe ser un número.</translation>
  </message>
  <message>
   <source>There is no open conflict {conflict_id}.</source>
   <translation>No hay ningún conflicto abierto {conflict_id}.</translation>
  </message>
  <message>
   <source>The record of conflict {conflict_id} is gone.</source>
   <translation>El registro del conflicto {conflict_id} ya no existe.</translation>
  </message>
  <message>
   <source>There is no decision {conflict_id} to take back.</source>
   <translation>No hay ninguna decisión {conflict_id} que deshacer.</translation>
  </message>
  <message>
   <source>What you decided was changed since, so the decision stays.</source>
   <translation>Lo que decidiste se ha cambiado después, así que la decisión se queda.</translation>
  </message>
  <message>
   <source>There is a newer question about this, so the old decision stays.</source>
   <translation>Hay una pregunta más reciente sobre esto, así que la decisión anterior se queda.</translation>
  </message>
  <message>
   <source>One side deleted the whole record, so take 'mine' or 'theirs'.</source>
   <translation>Un lado eliminó el registro entero, así que elige «mine» o «theirs».</translation>
  </message>
  <message>
   <source>The Companion is closing, so nothing can be read now.</source>
   <translation>El Companion se está cerrando, así que ahora no se puede leer nada.</translation>
  </message>
  <message>
   <source>There is no student {student_id} on this computer.</source>
   <translation>En este equipo no hay ningún estudiante {student_id}.</translation>
  </message>
  <message>
   <source>There is no room left on the disk that holds {folder}, so the last change was not saved. Everything before it is safe.</source>
   <translation>No queda espacio en el disco donde está {folder}, así que el último cambio no se guardó. Todo lo anterior está a salvo.</translation>
  </message>
  <message>
   <source>The Companion may not write in {folder}, so it cannot save your work there.</source>
   <translation>Companion no puede escribir en {folder}, así que no puede guardar allí tu trabajo.</translation>
  </message>
  <message>
   <source>Free some space and make the change again.</source>
   <translation>Libera espacio y vuelve a hacer el cambio.</translation>
  </message>
  <message>
   <source>Make the folder writable, or choose another with --profile.</source>
   <translation>Permite escribir en la carpeta o elige otra con --profile.</translation>
  </message>
  <message>
   <source>Another copy of the Companion is busy with the work on this computer.</source>
   <translation>Otra ventana de Companion está ocupada con el trabajo de este equipo.</translation>
  </message>
  <message>
   <source>The work saved on this computer is damaged.</source>
   <translation>El trabajo guardado en este equipo está dañado.</translation>
  </message>
  <message>
   <source>The disk that holds {folder} did not read or write what it was asked to, so the last change was not saved.</source>
   <translation>El disco donde está {folder} no leyó o no escribió lo que se le pidió, así que el último cambio no se guardó.</translation>
  </message>
  <message>
   <source>Wait for it to finish, or close it, and try again.</source>
   <translation>Espera a que termine o ciérrala y vuelve a intentarlo.</translation>
  </message>
  <message>
   <source>Close the Companion and open it again: it repairs what it can and names it.</source>
   <translation>Cierra Companion y vuelve a abrirlo: repara lo que puede y lo dice.</translation>
  </message>
  <message>
   <source>Check the disk, then make the change again.</source>
   <translation>Revisa el disco y vuelve a hacer el cambio.</translation>
  </message>
  <message>
   <source>The work saved on this computer is damaged, and another copy of the Companion has it open.</source>
   <translation>El trabajo guardado en este equipo está dañado, y otra copia del Companion lo tiene abierto.</translation>
  </message>
  <message>
   <source>Close the other copy and open this one again.</source>
   <translation>Cierra la otra copia y vuelve a abrir esta.</translation>
  </message>
  <message>
   <source>The id of a new record has between 1 and 64 characters.</source>
   <translation>El identificador de un registro nuevo tiene entre 1 y 64 caracteres.</translation>
  </message>
  <message>
   <source>There is already a record {made} in {collection}.</source>
   <translation>Ya hay un registro {made} en {collection}.</translation>
  </message>
  <message>
   <source>This does not say which of {collection} is meant.</source>
   <translation>Esto no dice cuál de {collection} se quiere.</translation>
  </message>
  <message>
   <source>Records are not only added to {collection}; create one there.</source>
   <translation>Los registros no solo se añaden a {collection}; crea uno allí.</translation>
  </message>
  <message>
   <source>There is no deleted record {record_id} in {collection}.</source>
   <translation>No hay ningún registro eliminado {record_id} en {collection}.</translation>
  </message>
  <message>
   <source>What was added to {collection} stays as it is.</source>
   <translation>Lo que se añadió a {collection} se queda como está.</translation>
  </message>
  <message>
   <source>There is no record {record_id} in {collection}.</source>
   <translation>No hay ningún registro {record_id} en {collection}.</translation>
  </message>
  <message>
   <source>There is nothing called '{collection}'; there are {known}.</source>
   <translation>No hay nada llamado «{collection}»; hay {known}.</translation>
  </message>
  <message>
   <source>Only the school server writes {collection}.</source>
   <translation>Solo el servidor escolar escribe {collection}.</translation>
  </message>
  <message>
   <source>Add another one that corrects it.</source>
   <translation>Añade otro que lo corrija.</translation>
  </message>
  <message>
   <source>There is no waiting change {op_id}.</source>
   <translation>No hay ningún cambio en espera {op_id}.</translation>
  </message>
  <message>
   <source>This change is on its way to the server just now.</source>
   <translation>Este cambio va ahora mismo camino del servidor.</translation>
  </message>
  <message>
   <source>This may have reached the server already, so it cannot simply be given up.</source>
   <translation>Puede que esto ya haya llegado al servidor, así que no se puede abandonar sin más.</translation>
  </message>
  <message>
   <source>Other things belong to this already.</source>
   <translation>Otras cosas ya dependen de esto.</translation>
  </message>
  <message>
   <source>Try again in a moment.</source>
   <translation>Vuelve a intentarlo en un momento.</translation>
  </message>
  <message>
   <source>Send it, and then undo it.</source>
   <translation>Envíalo y después deshazlo.</translation>
  </message>
  <message>
   <source>Give those up first.</source>
   <translation>Abandona antes esas.</translation>
  </message>
  <message>
   <source>This class is no longer here.</source>
   <translation>Esta clase ya no está aquí.</translation>
  </message>
  <message>
   <source>The score is {score} of {most} now.</source>
   <translation>La nota es ahora {score} de {most}.</translation>
  </message>
  <message>
   <source>It is deleted.</source>
   <translation>Está eliminada.</translation>
  </message>
  <message>
   <source>It has no score now.</source>
   <translation>Ahora no tiene nota.</translation>
  </message>
  <message>
   <source>There is no grade {submission_id} here.</source>
   <translation>Aquí no hay ninguna calificación {submission_id}.</translation>
  </message>
  <message>
   <source>Something of this is not on the school's server yet.</source>
   <translation>Algo de esto todavía no está en el servidor de la escuela.</translation>
  </message>
  <message>
   <source>Two people changed it, and a decision is still open.</source>
   <translation>Dos personas la cambiaron, y falta una decisión.</translation>
  </message>
  <message>
   <source>What happened before this computer first saw it is known to the server.</source>
   <translation>Lo que pasó antes de que este equipo la viera por primera vez lo sabe el servidor.</translation>
  </message>
  <message>
   <source>This lesson is no longer here.</source>
   <translation>Esta lección ya no está aquí.</translation>
  </message>
  <message>
   <source>It waits for your decision.</source>
   <translation>Espera tu decisión.</translation>
  </message>
  <message>
   <source>It goes after what it belongs to.</source>
   <translation>Va después de aquello a lo que pertenece.</translation>
  </message>
  <message>
   <source>name</source>
   <translation>nombre</translation>
  </message>
  <message>
   <source>title</source>
   <translation>título</translation>
  </message>
  <message>
   <source>first name</source>
   <translation>nombre</translation>
  </message>
  <message>
   <source>last name</source>
   <translation>apellidos</translation>
  </message>
  <message>
   <source>e-mail</source>
   <translation>correo</translation>
  </message>
  <message>
   <source>Roblox name</source>
   <translation>Nombre en Roblox</translation>
  </message>
  <message>
   <source>alias</source>
   <translation>alias</translation>
  </message>
  <message>
   <source>note</source>
   <translation>nota</translation>
  </message>
  <message>
   <source>notes</source>
   <translation>notas</translation>
  </message>
  <message>
   <source>classes</source>
   <translation>clases</translation>
  </message>
  <message>
   <source>teachers</source>
   <translation>profesores</translation>
  </message>
  <message>
   <source>subject</source>
   <translation>asignatura</translation>
  </message>
  <message>
   <source>grade level</source>
   <translation>curso</translation>
  </message>
  <message>
   <source>section</source>
   <translation>grupo</translation>
  </message>
  <message>
   <source>room</source>
   <translation>aula</translation>
  </message>
  <message>
   <source>term</source>
   <translation>trimestre</translation>
  </message>
  <message>
   <source>time zone</source>
   <translation>zona horaria</translation>
  </message>
  <message>
   <source>put away</source>
   <translation>archivado</translation>
  </message>
  <message>
   <source>summary</source>
   <translation>resumen</translation>
  </message>
  <message>
   <source>state</source>
   <translation>estado</translation>
  </message>
  <message>
   <source>due date</source>
   <translation>fecha de entrega</translation>
  </message>
  <message>
   <source>content</source>
   <translation>contenido</translation>
  </message>
  <message>
   <source>questions</source>
   <translation>preguntas</translation>
  </message>
  <message>
   <source>highest score</source>
   <translation>puntuación máxima</translation>
  </message>
  <message>
   <source>score</source>
   <translation>puntuación</translation>
  </message>
  <message>
   <source>points of each question</source>
   <translation>puntos de cada pregunta</translation>
  </message>
  <message>
   <source>answers</source>
   <translation>respuestas</translation>
  </message>
  <message>
   <source>feedback</source>
   <translation>comentarios</translation>
  </message>
  <message>
   <source>handed in</source>
   <translation>entregado</translation>
  </message>
  <message>
   <source>graded</source>
   <translation>calificado</translation>
  </message>
  <message>
   <source>day</source>
   <translation>día</translation>
  </message>
  <message>
   <source>{thing}: {field}</source>
   <translation>{thing}: {field}</translation>
  </message>
  <message>
   <source>A grade in {quiz} for {student}</source>
   <translation>Una calificación en {quiz} para {student}</translation>
  </message>
  <message>
   <source>Details of {student}</source>
   <translation>Datos de {student}</translation>
  </message>
  <message>
   <source>The class {title}</source>
   <translation>La clase {title}</translation>
  </message>
  <message>
   <source>The lesson {title}</source>
   <translation>La lección {title}</translation>
  </message>
  <message>
   <source>The assessment {title}</source>
   <translation>La evaluación {title}</translation>
  </message>
  <message>
   <source>The badge {title}</source>
   <translation>La insignia {title}</translation>
  </message>
  <message>
   <source>The announcement {title}</source>
   <translation>El anuncio {title}</translation>
  </message>
  <message>
   <source>The deletion of {thing}</source>
   <translation>Eliminación: {thing}</translation>
  </message>
  <message>
   <source>an assessment</source>
   <translation>una evaluación</translation>
  </message>
  <message>
   <source>Feedback on {quiz} for {student}</source>
   <translation>Comentarios sobre {quiz} para {student}</translation>
  </message>
  <message>
   <source>A grade in {quiz}</source>
   <translation>Una calificación en {quiz}</translation>
  </message>
  <message>
   <source>a student</source>
   <translation>un estudiante</translation>
  </message>
  <message>
   <source>The classes of {student}</source>
   <translation>Las clases de {student}</translation>
  </message>
  <message>
   <source>The student {student}</source>
   <translation>El estudiante {student}</translation>
  </message>
  <message>
   <source>{xp} XP for {student}</source>
   <translation>{xp} XP para {student}</translation>
  </message>
  <message>
   <source>The badge {badge} for {student}</source>
   <translation>La insignia {badge} para {student}</translation>
  </message>
  <message>
   <source>Attendance of {student} on {day}</source>
   <translation>Asistencia de {student} el {day}</translation>
  </message>
  <message>
   <source>A message</source>
   <translation>Un mensaje</translation>
  </message>
  <message>
   <source>Feedback on {quiz}</source>
   <translation>Comentarios sobre {quiz}</translation>
  </message>
  <message>
   <source>{xp} XP</source>
   <translation>{xp} XP</translation>
  </message>
  <message>
   <source>The badge {badge}</source>
   <translation>La insignia {badge}</translation>
  </message>
  <message>
   <source>Attendance on {day}</source>
   <translation>Asistencia el {day}</translation>
  </message>
  <message>
   <source>There is no refused change {op_id}.</source>
   <translation>No hay ningún cambio rechazado {op_id}.</translation>
  </message>
  <message>
   <source>The copy {name} cannot be put in place. {fault}</source>
   <translation>No se puede poner en su sitio la copia {name}. {fault}</translation>
  </message>
  <message>
   <source>Choose another one: 'toolboxai-companion cache show' lists them.</source>
   <translation>Elige otra: «toolboxai-companion cache show» las enumera.</translation>
  </message>
  <message>
   <source>The work on this computer is open in the Companion.</source>
   <translation>El trabajo de este equipo está abierto en el Companion.</translation>
  </message>
  <message>
   <source>Close every window of it, and try again.</source>
   <translation>Cierra todas sus ventanas e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The work on this computer was saved by a newer version of the Companion, so this version leaves it alone.</source>
   <translation>El trabajo de este equipo lo guardó una versión más nueva del Companion, así que esta versión no lo toca.</translation>
  </message>
  <message>
   <source>Install the newer version, and everything will be there.</source>
   <translation>Instala la versión más nueva y todo estará ahí.</translation>
  </message>
  <message>
   <source>The work saved on this computer is encrypted, and its key is not in this computer's keyring any more.</source>
   <translation>El trabajo guardado en este equipo está cifrado, y su clave ya no está en el llavero de este equipo.</translation>
  </message>
  <message>
   <source>If you have the recovery code, enter it with 'toolboxai-companion cache unlock'. Without it, 'toolboxai-companion cache rebuild' puts the locked work aside and fetches the rest from the school again.</source>
   <translation>Si tienes el código de recuperación, escríbelo con «toolboxai-companion cache unlock». Sin él, «toolboxai-companion cache rebuild» aparta el trabajo bloqueado y trae el resto otra vez de la escuela.</translation>
  </message>
  <message>
   <source>Roblox Studio cannot reach the Companion: other programs on this computer use all of its ports ({listed}).</source>
   <translation>Roblox Studio no puede llegar al Companion: otros programas de este equipo usan todos sus puertos ({listed}).</translation>
  </message>
  <message>
   <source>Close other open copies of the Companion, or restart the computer.</source>
   <translation>Cierra las demás copias del Companion que estén abiertas, o reinicia el equipo.</translation>
  </message>
  <message>
   <source>The running Companion did not accept the request.</source>
   <translation>El Companion que está abierto no aceptó la petición.</translation>
  </message>
  <message>
   <source>The Companion is already connected to Roblox Studio from another window.</source>
   <translation>El Companion ya está conectado a Roblox Studio desde otra ventana.</translation>
  </message>
  <message>
   <source>Use that one, or close it first.</source>
   <translation>Usa esa, o ciérrala primero.</translation>
  </message>
  <message>
   <source>Roblox Studio was not found, so {name} was not opened.</source>
   <translation>No se encontró Roblox Studio, así que {name} no se abrió.</translation>
  </message>
  <message>
   <source>Install Studio from create.roblox.com, and open {file} in it.</source>
   <translation>Instala Studio desde create.roblox.com y abre {file} en él.</translation>
  </message>
  <message>
   <source>Roblox Studio could not be started: {why}.</source>
   <translation>No se pudo iniciar Roblox Studio: {why}.</translation>
  </message>
  <message>
   <source>Open {file} in Studio yourself.</source>
   <translation>Abre {file} en Studio a mano.</translation>
  </message>
  <message>
   <source>Nothing was published. If this stays, publish from Studio.</source>
   <translation>No se publicó nada. Si sigue así, publica desde Studio.</translation>
  </message>
  <message>
   <source>Roblox asks for a pause between publishes. Nothing was published.</source>
   <translation>Roblox pide una pausa entre publicaciones. No se publicó nada.</translation>
  </message>
  <message>
   <source>Look at the place's version history first: {page}. If the new version is not there, publish again.</source>
   <translation>Mira primero el historial de versiones del lugar: {page}. Si la nueva versión no está, publica de nuevo.</translation>
  </message>
  <message>
   <source>Roblox has trouble right now ({status}), so it is not sure whether it published.</source>
   <translation>Roblox tiene problemas ahora ({status}), así que no es seguro si publicó.</translation>
  </message>
  <message>
   <source>This is no key of Roblox Open Cloud.</source>
   <translation>Esto no es una clave de Roblox Open Cloud.</translation>
  </message>
  <message>
   <source>Roblox answered without naming a version.</source>
   <translation>Roblox respondió sin nombrar una versión.</translation>
  </message>
  <message>
   <source>Roblox could not use this place file{said}.</source>
   <translation>Roblox no pudo usar este archivo de lugar{said}.</translation>
  </message>
  <message>
   <source>Roblox does not know this key, or it has run out.</source>
   <translation>Roblox no conoce esta clave, o ha caducado.</translation>
  </message>
  <message>
   <source>Nothing was published. Make a new key in the Creator Dashboard.</source>
   <translation>No se publicó nada. Crea una clave nueva en el Creator Dashboard.</translation>
  </message>
  <message>
   <source>This key may not publish place {place}.</source>
   <translation>Esta clave no puede publicar el lugar {place}.</translation>
  </message>
  <message>
   <source>Nothing was published. Give the key “universe-places” with “Write” for this experience, from this address.</source>
   <translation>No se publicó nada. Da a la clave «universe-places» con «Write» para esta experiencia, desde esta dirección.</translation>
  </message>
  <message>
   <source>Roblox knows no place {place} in an experience {universe}.</source>
   <translation>Roblox no conoce ningún lugar {place} en una experiencia {universe}.</translation>
  </message>
  <message>
   <source>Nothing was published. Check both ids in the Creator Dashboard.</source>
   <translation>No se publicó nada. Comprueba ambos identificadores en el Creator Dashboard.</translation>
  </message>
  <message>
   <source>Place {place} does not belong to experience {universe}, or is being published.</source>
   <translation>El lugar {place} no pertenece a la experiencia {universe}, o se está publicando.</translation>
  </message>
  <message>
   <source>The place is larger than Roblox takes.</source>
   <translation>El lugar es más grande de lo que Roblox admite.</translation>
  </message>
  <message>
   <source>Roblox did not accept this ({status}){said}.</source>
   <translation>Roblox no aceptó esto ({status}){said}.</translation>
  </message>
  <message>
   <source>Publish again in a few minutes.</source>
   <translation>Publica de nuevo dentro de unos minutos.</translation>
  </message>
  <message>
   <source>“{given}” is no id of Roblox: it is a number, such as 1234567890.</source>
   <translation>«{given}» no es un identificador de Roblox: es un número, como 1234567890.</translation>
  </message>
  <message>
   <source>Make one in the Creator Dashboard under API keys, for “universe-places” with “Write”, and copy it whole.</source>
   <translation>Crea una en el Creator Dashboard, en API keys, para «universe-places» con «Write», y cópiala entera.</translation>
  </message>
  <message>
   <source>Publish again in {pause} seconds.</source>
   <translation>Publica de nuevo dentro de {pause} segundos.</translation>
  </message>
  <message>
   <source>The Creator Dashboard shows both: under “...” at the experience, and in the address of the place's page.</source>
   <translation>El Creator Dashboard muestra ambos: en «...» junto a la experiencia y en la dirección de la página del lugar.</translation>
  </message>
  <message>
   <source>The file was sent, and no answer came back from Roblox.</source>
   <translation>El archivo se envió y no llegó respuesta de Roblox.</translation>
  </message>
  <message>
   <source>The answer to the file makes no sense; it may not come from Roblox.</source>
   <translation>La respuesta al archivo no tiene sentido; quizá no venga de Roblox.</translation>
  </message>
  <message>
   <source>Roblox cannot be reached right now. Nothing was published.</source>
   <translation>No se puede llegar a Roblox ahora. No se publicó nada.</translation>
  </message>
  <message>
   <source>Check the network, and publish again.</source>
   <translation>Comprueba la red y publica de nuevo.</translation>
  </message>
  <message>
   <source>There is no push {push_id}.</source>
   <translation>No hay ningún envío {push_id}.</translation>
  </message>
  <message>
   <source>`pushes` lists them.</source>
   <translation>«pushes» los enumera.</translation>
  </message>
  <message>
   <source>The plugin could not be written to {parent}: {why}.</source>
   <translation>No se pudo escribir el complemento en {parent}: {why}.</translation>
  </message>
  <message>
   <source>The plugin could not be removed from {parent}: {why}.</source>
   <translation>No se pudo quitar el complemento de {parent}: {why}.</translation>
  </message>
  <message>
   <source>Choose a folder that you may write to, or ask whoever looks after this computer.</source>
   <translation>Elige una carpeta en la que puedas escribir, o pregunta a quien se ocupa de este equipo.</translation>
  </message>
  <message>
   <source>Close Roblox Studio and try again.</source>
   <translation>Cierra Roblox Studio e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>The history of publishes could not be written to {file}: {why}.</source>
   <translation>No se pudo escribir el historial de publicaciones en {file}: {why}.</translation>
  </message>
  <message>
   <source>Another lesson is being published right now.</source>
   <translation>Ahora mismo se está publicando otra lección.</translation>
  </message>
  <message>
   <source>Make room on this disk, or give yourself the right to write there.</source>
   <translation>Haz sitio en este disco, o date permiso para escribir allí.</translation>
  </message>
  <message>
   <source>Wait until it is done.</source>
   <translation>Espera a que termine.</translation>
  </message>
  <message>
   <source>“{title}” is not approved, so it may not be published.</source>
   <translation>«{title}» no está aprobada, así que no puede publicarse.</translation>
  </message>
  <message>
   <source>The note is longer than {longest_note} letters.</source>
   <translation>La nota tiene más de {longest_note} letras.</translation>
  </message>
  <message>
   <source>{title} may not be published: {text}</source>
   <translation>{title} no se puede publicar: {text}</translation>
  </message>
  <message>
   <source>Somebody has to look at {title} before it is published: {text}</source>
   <translation>Alguien tiene que mirar {title} antes de publicarla: {text}</translation>
  </message>
  <message>
   <source>Nobody knows whether “{title}”, sent to this place at {at}, was published.</source>
   <translation>No se sabe si «{title}», enviada a este lugar el {at}, se publicó.</translation>
  </message>
  <message>
   <source>{plain} is not encrypted, so the key could be read on the way.</source>
   <translation>{plain} no está cifrado, así que alguien podría leer la clave por el camino.</translation>
  </message>
  <message>
   <source>Read it and choose Approve on its page, or push it into Studio first.</source>
   <translation>Léela y elige Aprobar en su página, o envíala antes a Studio.</translation>
  </message>
  <message>
   <source>Shorten it.</source>
   <translation>Acórtala.</translation>
  </message>
  <message>
   <source>Open the lesson, take that part out, and publish again.</source>
   <translation>Abre la lección, quita esa parte y publica otra vez.</translation>
  </message>
  <message>
   <source>Look at it ('publish --dry-run' lists all there is), then say that you did: with --reviewed, or the tick in the window.</source>
   <translation>Mírala («publish --dry-run» enumera todo lo que hay) y di que lo hiciste: con --reviewed, o con la casilla de la ventana.</translation>
  </message>
  <message>
   <source>Look at the place's version history: {page}. Then publish, and say that you looked: with --looked, or the tick in the window.</source>
   <translation>Mira el historial de versiones del lugar: {page}. Después publica y di que lo miraste: con --looked, o con la casilla de la ventana.</translation>
  </message>
  <message>
   <source>Use an address that begins with https in the setting 'open_cloud'.</source>
   <translation>Usa una dirección que empiece por https en el ajuste «open_cloud».</translation>
  </message>
  <message>
   <source>The property {class_name}.{name} has values of several types.</source>
   <translation>La propiedad {class_name}.{name} tiene valores de varios tipos.</translation>
  </message>
  <message>
   <source>A text of the lesson holds the character U+{found:04X}, which this kind of file cannot hold.</source>
   <translation>Un texto de la lección contiene el carácter U+{found:04X}, que este tipo de archivo no puede contener.</translation>
  </message>
  <message>
   <source>Export the lesson as .rbxm instead.</source>
   <translation>Exporta la lección como .rbxm en su lugar.</translation>
  </message>
  <message>
   <source>This is no Roblox XML file.</source>
   <translation>Esto no es un archivo XML de Roblox.</translation>
  </message>
  <message>
   <source>This file is nested too deeply to be a lesson.</source>
   <translation>Este archivo tiene demasiados niveles para ser una lección.</translation>
  </message>
  <message>
   <source>{name} is larger than 64 MB, so it was not read.</source>
   <translation>{name} ocupa más de 64 MB, así que no se leyó.</translation>
  </message>
  <message>
   <source>{file} could not be read: {why}.</source>
   <translation>No se pudo leer {file}: {why}.</translation>
  </message>
  <message>
   <source>This is no Roblox XML file: {why}</source>
   <translation>Esto no es un archivo XML de Roblox: {why}</translation>
  </message>
  <message>
   <source>'{name}' is no name for a file.</source>
   <translation>«{name}» no es un nombre de archivo.</translation>
  </message>
  <message>
   <source>The folder {folder} holds something else already.</source>
   <translation>La carpeta {folder} ya contiene otra cosa.</translation>
  </message>
  <message>
   <source>The project {folder} could not be written: {why}.</source>
   <translation>No se pudo escribir el proyecto {folder}: {why}.</translation>
  </message>
  <message>
   <source>Choose another format.</source>
   <translation>Elige otro formato.</translation>
  </message>
  <message>
   <source>Choose a new folder for the project.</source>
   <translation>Elige una carpeta nueva para el proyecto.</translation>
  </message>
  <message>
   <source>Choose another folder.</source>
   <translation>Elige otra carpeta.</translation>
  </message>
  <message>
   <source>{place}: {what}</source>
   <translation>{place}: {what}</translation>
  </message>
  <message>
   <source>{where}, line {line}</source>
   <translation>{where}, línea {line}</translation>
  </message>
  <message>
   <source>{where}: It sets {name}, which can bring in code from elsewhere.</source>
   <translation>{where}: fija {name}, que puede traer código de otro sitio.</translation>
  </message>
  <message>
   <source>Line {line}</source>
   <translation>Línea {line}</translation>
  </message>
  <message>
   <source>this is no valid Luau: {message}</source>
   <translation>esto no es Luau válido: {message}</translation>
  </message>
  <message>
   <source>attribute name</source>
   <translation>nombre de atributo</translation>
  </message>
  <message>
   <source>tag</source>
   <translation>etiqueta</translation>
  </message>
  <message>
   <source>attribute {name}</source>
   <translation>atributo {name}</translation>
  </message>
  <message>
   <source>it can ask students to buy something ({name}).</source>
   <translation>puede pedir a los estudiantes que compren algo ({name}).</translation>
  </message>
  <message>
   <source>it reaches for Studio's own powers (plugin).</source>
   <translation>recurre a los poderes propios de Studio (plugin).</translation>
  </message>
  <message>
   <source>it builds text from pieces (string.{name}).</source>
   <translation>compone texto a partir de trozos (string.{name}).</translation>
  </message>
  <message>
   <source>it looks up a service by a name that it puts together.</source>
   <translation>busca un servicio por un nombre que compone él mismo.</translation>
  </message>
  <message>
   <source>it passes `require` on under another name.</source>
   <translation>pasa `require` con otro nombre.</translation>
  </message>
  <message>
   <source>it loads code from outside the lesson.</source>
   <translation>carga código de fuera de la lección.</translation>
  </message>
  <message>
   <source>it repeats for ever without a pause, which freezes the place.</source>
   <translation>se repite sin fin y sin pausa, y eso congela el lugar.</translation>
  </message>
  <message>
   <source>it is too long to read at a glance.</source>
   <translation>es demasiado larga para leerla de un vistazo.</translation>
  </message>
  <message>
   <source>it is pushed out of sight to the right.</source>
   <translation>está desplazada a la derecha, fuera de la vista.</translation>
  </message>
  <message>
   <source>it has marks that turn the reading order.</source>
   <translation>tiene marcas que invierten el orden de lectura.</translation>
  </message>
  <message>
   <source>it has a letter that is not plain.</source>
   <translation>tiene una letra que no es común.</translation>
  </message>
  <message>
   <source>it holds a web address.</source>
   <translation>contiene una dirección web.</translation>
  </message>
  <message>
   <source>it brings in an asset from Roblox.</source>
   <translation>trae un recurso de Roblox.</translation>
  </message>
  <message>
   <source>it hides a text behind number codes.</source>
   <translation>oculta un texto tras códigos numéricos.</translation>
  </message>
  <message>
   <source>it holds a long text that nobody can read.</source>
   <translation>contiene un texto largo que nadie puede leer.</translation>
  </message>
  <message>
   <source>it holds code inside a text.</source>
   <translation>contiene código dentro de un texto.</translation>
  </message>
  <message>
   <source>its {part} holds code ({name}).</source>
   <translation>su {part} contiene código ({name}).</translation>
  </message>
  <message>
   <source>its {part} has marks that turn the reading order.</source>
   <translation>su {part} tiene marcas que invierten el orden de lectura.</translation>
  </message>
  <message>
   <source>its {part} holds a web address.</source>
   <translation>su {part} contiene una dirección web.</translation>
  </message>
  <message>
   <source>its {part} brings in an asset from Roblox.</source>
   <translation>su {part} trae un recurso de Roblox.</translation>
  </message>
  <message>
   <source>its {part} is {letters} characters long.</source>
   <translation>su {part} tiene {letters} caracteres.</translation>
  </message>
  <message>
   <source>it runs text as code (loadstring).</source>
   <translation>ejecuta texto como código (loadstring).</translation>
  </message>
  <message>
   <source>it reaches into another script's variables (getfenv).</source>
   <translation>accede a las variables de otro script (getfenv).</translation>
  </message>
  <message>
   <source>it reaches into another script's variables (setfenv).</source>
   <translation>accede a las variables de otro script (setfenv).</translation>
  </message>
  <message>
   <source>it makes an object that hides what it does (newproxy).</source>
   <translation>crea un objeto que oculta lo que hace (newproxy).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (InsertService).</source>
   <translation>puede traer modelos de otro sitio (InsertService).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (GetObjects).</source>
   <translation>puede traer modelos de otro sitio (GetObjects).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (GetObjectsAsync).</source>
   <translation>puede traer modelos de otro sitio (GetObjectsAsync).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (LoadAsset).</source>
   <translation>puede traer modelos de otro sitio (LoadAsset).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (LoadAssetVersion).</source>
   <translation>puede traer modelos de otro sitio (LoadAssetVersion).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (LoadAssetAsync).</source>
   <translation>puede traer modelos de otro sitio (LoadAssetAsync).</translation>
  </message>
  <message>
   <source>it can bring models in from elsewhere (LoadLocalAsset).</source>
   <translation>puede traer modelos de otro sitio (LoadLocalAsset).</translation>
  </message>
  <message>
   <source>it can make places (CreatePlaceAsync).</source>
   <translation>puede crear lugares (CreatePlaceAsync).</translation>
  </message>
  <message>
   <source>it can overwrite places (SavePlaceAsync).</source>
   <translation>puede sobrescribir lugares (SavePlaceAsync).</translation>
  </message>
  <message>
   <source>it can bring code in from elsewhere (LinkedSource).</source>
   <translation>puede traer código de otro sitio (LinkedSource).</translation>
  </message>
  <message>
   <source>it can send students to another place (TeleportService).</source>
   <translation>puede llevar a los estudiantes a otro lugar (TeleportService).</translation>
  </message>
  <message>
   <source>it can ban students (BanAsync).</source>
   <translation>puede vetar a estudiantes (BanAsync).</translation>
  </message>
  <message>
   <source>it can change bans (UnbanAsync).</source>
   <translation>puede cambiar vetos (UnbanAsync).</translation>
  </message>
  <message>
   <source>it can throw students out (Kick).</source>
   <translation>puede expulsar a estudiantes (Kick).</translation>
  </message>
  <message>
   <source>it can send data to the internet (PostAsync).</source>
   <translation>puede enviar datos a internet (PostAsync).</translation>
  </message>
  <message>
   <source>it can send data to the internet (RequestAsync).</source>
   <translation>puede enviar datos a internet (RequestAsync).</translation>
  </message>
  <message>
   <source>it can open a line to the internet.</source>
   <translation>puede abrir una conexión a internet.</translation>
  </message>
  <message>
   <source>it can fetch from the internet (HttpGet).</source>
   <translation>puede traer cosas de internet (HttpGet).</translation>
  </message>
  <message>
   <source>it can fetch from the internet (HttpGetAsync).</source>
   <translation>puede traer cosas de internet (HttpGetAsync).</translation>
  </message>
  <message>
   <source>it can send data to the internet (HttpPost).</source>
   <translation>puede enviar datos a internet (HttpPost).</translation>
  </message>
  <message>
   <source>it can send data to the internet (HttpPostAsync).</source>
   <translation>puede enviar datos a internet (HttpPostAsync).</translation>
  </message>
  <message>
   <source>it can open the place to the internet (HttpEnabled).</source>
   <translation>puede abrir el lugar a internet (HttpEnabled).</translation>
  </message>
  <message>
   <source>it can rewrite scripts (ScriptEditorService).</source>
   <translation>puede reescribir scripts (ScriptEditorService).</translation>
  </message>
  <message>
   <source>it can fetch from the internet.</source>
   <translation>puede traer cosas de internet.</translation>
  </message>
  <message>
   <source>it stores data about players (DataStoreService).</source>
   <translation>guarda datos sobre los jugadores (DataStoreService).</translation>
  </message>
  <message>
   <source>it stores data about players (MemoryStoreService).</source>
   <translation>guarda datos sobre los jugadores (MemoryStoreService).</translation>
  </message>
  <message>
   <source>it talks to other servers (MessagingService).</source>
   <translation>habla con otros servidores (MessagingService).</translation>
  </message>
  <message>
   <source>it shares values with scripts from elsewhere (_G).</source>
   <translation>comparte valores con scripts de otro sitio (_G).</translation>
  </message>
  <message>
   <source>it shares values with scripts from elsewhere (shared).</source>
   <translation>comparte valores con scripts de otro sitio (shared).</translation>
  </message>
  <message>
   <source>Open a place in Studio; in its Assistant choose “…”, “Manage MCP Servers”, and switch on “Enable Studio as MCP server”.</source>
   <translation>Abre un lugar en Studio; en su asistente elige «…», «Manage MCP Servers», y activa «Enable Studio as MCP server».</translation>
  </message>
  <message>
   <source>Studio is not open, or its own server is not on.</source>
   <translation>Studio no está abierto, o su propio servidor no está activado.</translation>
  </message>
  <message>
   <source>The program that was started is not Studio's own server: it gives no answer.</source>
   <translation>El programa que se inició no es el servidor propio de Studio: no responde.</translation>
  </message>
  <message>
   <source>Studio's own server ended, or the program that was started is no such server.</source>
   <translation>El servidor de Studio se cerró, o el programa que se inició no es ese servidor.</translation>
  </message>
  <message>
   <source>Roblox Studio is not on this computer, so its own server is not either.</source>
   <translation>Roblox Studio no está en este equipo, así que su propio servidor tampoco.</translation>
  </message>
  <message>
   <source>Studio's own server was not found at {program}.</source>
   <translation>No se encontró el servidor propio de Studio en {program}.</translation>
  </message>
  <message>
   <source>Studio's own server did not run what a lesson needs. It said: “{said}”</source>
   <translation>El servidor propio de Studio no ejecutó lo que necesita una lección. Dijo: «{said}»</translation>
  </message>
  <message>
   <source>Studio's own server did not run what a lesson needs, and did not say why.</source>
   <translation>El servidor propio de Studio no ejecutó lo que necesita una lección, y no dijo por qué.</translation>
  </message>
  <message>
   <source>Choose another program in the settings, or none, to use the one of Studio.</source>
   <translation>Elige otro programa en los ajustes, o ninguno, para usar el de Studio.</translation>
  </message>
  <message>
   <source>Restart Studio. What you push meanwhile waits here.</source>
   <translation>Reinicia Studio. Lo que envíes mientras tanto espera aquí.</translation>
  </message>
  <message>
   <source>Bring Studio up to date, or choose the program in the settings.</source>
   <translation>Actualiza Studio, o elige el programa en los ajustes.</translation>
  </message>
  <message>
   <source>Use the plugin, or open the lesson as a place file.</source>
   <translation>Usa el complemento, o abre la lección como archivo de lugar.</translation>
  </message>
  <message>
   <source>Install Studio from create.roblox.com.</source>
   <translation>Instala Studio desde create.roblox.com.</translation>
  </message>
  <message>
   <source>Studio's own server forgets between two calls what the first one brought, so a lesson cannot go in through it.</source>
   <translation>El servidor propio de Studio olvida entre dos llamadas lo que trajo la primera, así que una lección no puede entrar por él.</translation>
  </message>
  <message>
   <source>Studio's own server offers nothing that a lesson could go in by.</source>
   <translation>El servidor propio de Studio no ofrece nada por donde pueda entrar una lección.</translation>
  </message>
  <message>
   <source>Studio's own server wants to be told “{what}” with every lesson, which this version of the Companion does not know.</source>
   <translation>El servidor propio de Studio pide que con cada lección se le diga «{what}», y esta versión del Companion no lo conoce.</translation>
  </message>
  <message>
   <source>Studio's own server did not say which Studio windows are open.</source>
   <translation>El servidor propio de Studio no dijo qué ventanas de Studio están abiertas.</translation>
  </message>
  <message>
   <source>{title} may not go into Studio: {text}</source>
   <translation>{title} no puede ir a Studio: {text}</translation>
  </message>
  <message>
   <source>Somebody has to look at {title} before it goes into Studio: {text}</source>
   <translation>Alguien tiene que mirar {title} antes de que vaya a Studio: {text}</translation>
  </message>
  <message>
   <source>{title} is not in Studio now, so there is nothing to undo.</source>
   <translation>{title} no está ahora en Studio, así que no hay nada que deshacer.</translation>
  </message>
  <message>
   <source>The place {place} is not open in Roblox Studio now.</source>
   <translation>El lugar {place} no está abierto ahora en Roblox Studio.</translation>
  </message>
  <message>
   <source>{title} could not be taken back: {human}</source>
   <translation>No se pudo deshacer {title}: {human}</translation>
  </message>
  <message>
   <source>Open the lesson, take that part out, and push again.</source>
   <translation>Abre la lección, quita esa parte y envíala otra vez.</translation>
  </message>
  <message>
   <source>Look at it ('scan FILE' lists all there is), then push with --reviewed.</source>
   <translation>Mírala («scan ARCHIVO» enumera todo lo que hay) y envíala con --reviewed.</translation>
  </message>
  <message>
   <source>Open it, wait for the plugin to connect, and undo again.</source>
   <translation>Ábrelo, espera a que se conecte el complemento y deshaz otra vez.</translation>
  </message>
  <message>
   <source>This lesson is no longer on the list.</source>
   <translation>Esta lección ya no está en la lista.</translation>
  </message>
  <message>
   <source>That code belongs to another account than {username}'s.</source>
   <translation>Ese código es de otra cuenta, no de la de {username}.</translation>
  </message>
  <message>
   <source>The work on this computer opens, so there is nothing to rebuild.</source>
   <translation>El trabajo de este equipo se abre bien, así que no hay nada que reconstruir.</translation>
  </message>
  <message>
   <source>A damaged cache repairs itself when it is opened.</source>
   <translation>Un almacén dañado se repara solo cuando se abre.</translation>
  </message>
  <message>
   <source>Local school is running, so it was not erased.</source>
   <translation>La escuela local está en marcha, así que no se borró.</translation>
  </message>
  <message>
   <source>Stop it, and try again.</source>
   <translation>Detenla e inténtalo de nuevo.</translation>
  </message>
  <message numerus="yes">
   <source>{count} students in all</source>
   <translation>
    <numerusform>{count} estudiante en total</numerusform>
    <numerusform>{count} estudiantes en total</numerusform>
   </translation>
  </message>
  <message>
   <source>No grade</source>
   <translation>Sin grado</translation>
  </message>
  <message>
   <source>&amp;New class</source>
   <translation>&amp;Nueva clase</translation>
  </message>
  <message>
   <source>&amp;Import rosters…</source>
   <translation>Im&amp;portar listas…</translation>
  </message>
  <message>
   <source>No classes yet</source>
   <translation>Todavía no hay clases</translation>
  </message>
  <message>
   <source>A class holds its students, lessons, grades and leaderboard. Bring a class list, or drop it onto this window; or start with a name and no students.</source>
   <translation>Una clase reúne a sus estudiantes, lecciones, calificaciones y clasificación. Trae una lista de clase o suéltala en esta ventana; o empieza con un nombre y sin estudiantes.</translation>
  </message>
  <message>
   <source>Classes</source>
   <translation>Clases</translation>
  </message>
  <message>
   <source>New class</source>
   <translation>Nueva clase</translation>
  </message>
  <message>
   <source>You can change all of this later.</source>
   <translation>Puedes cambiar todo esto más tarde.</translation>
  </message>
  <message>
   <source>&amp;Make class</source>
   <translation>&amp;Crear clase</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Nombre</translation>
  </message>
  <message>
   <source>for example Mathematics 4b</source>
   <translation>por ejemplo, Matemáticas 4.º B</translation>
  </message>
  <message>
   <source>Subject</source>
   <translation>Materia</translation>
  </message>
  <message>
   <source>for example Mathematics</source>
   <translation>por ejemplo, Matemáticas</translation>
  </message>
  <message>
   <source>Grade</source>
   <translation>Grado</translation>
  </message>
  <message>
   <source>Room</source>
   <translation>Aula</translation>
  </message>
  <message>
   <source>Bring a class list</source>
   <translation>Traer una lista de clase</translation>
  </message>
  <message>
   <source>Make a class</source>
   <translation>Crear una clase</translation>
  </message>
  <message>
   <source>Import {name}</source>
   <translation>Importar {name}</translation>
  </message>
  <message>
   <source>{name} is ready.</source>
   <translation>{name} ya está lista.</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;Archivo</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Editar</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;Ver</translation>
  </message>
  <message>
   <source>&amp;Go</source>
   <translation>&amp;Ir</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>A&amp;yuda</translation>
  </message>
  <message>
   <source>New lesson</source>
   <translation>Nueva lección</translation>
  </message>
  <message>
   <source>New class…</source>
   <translation>Nueva clase…</translation>
  </message>
  <message>
   <source>Sync now</source>
   <translation>Sincronizar ahora</translation>
  </message>
  <message>
   <source>Leave this account…</source>
   <translation>Salir de esta cuenta…</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Salir del programa</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Rehacer</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Cortar</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Copiar</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Pegar</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>Seleccionar todo</translation>
  </message>
  <message>
   <source>Find a student, class or lesson…</source>
   <translation>Buscar un estudiante, una clase o una lección…</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Ajustes…</translation>
  </message>
  <message>
   <source>Appearance: like the system</source>
   <translation>Apariencia: como el sistema</translation>
  </message>
  <message>
   <source>Appearance: light</source>
   <translation>Apariencia: clara</translation>
  </message>
  <message>
   <source>Appearance: dark</source>
   <translation>Apariencia: oscura</translation>
  </message>
  <message>
   <source>Appearance: high contrast</source>
   <translation>Apariencia: alto contraste</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>Texto más grande</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>Texto más pequeño</translation>
  </message>
  <message>
   <source>Text of the usual size</source>
   <translation>Texto del tamaño habitual</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Pantalla completa</translation>
  </message>
  <message>
   <source>Go to anything…</source>
   <translation>Ir a cualquier cosa…</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Atrás</translation>
  </message>
  <message>
   <source>Forward</source>
   <translation>Adelante</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Tareas</translation>
  </message>
  <message>
   <source>Help on this page</source>
   <translation>Ayuda sobre esta página</translation>
  </message>
  <message>
   <source>Take the tour</source>
   <translation>Hacer la visita guiada</translation>
  </message>
  <message>
   <source>What is new</source>
   <translation>Novedades</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Atajos de teclado</translation>
  </message>
  <message>
   <source>About the Companion</source>
   <translation>Acerca de Companion</translation>
  </message>
  <message>
   <source>Minutes</source>
   <translation>Minutos</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Subir</translation>
  </message>
  <message>
   <source>Move up: {title}</source>
   <translation>Subir: {title}</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Bajar</translation>
  </message>
  <message>
   <source>Move down: {title}</source>
   <translation>Bajar: {title}</translation>
  </message>
  <message>
   <source>Take out</source>
   <translation>Quitar</translation>
  </message>
  <message>
   <source>Take out: {title}</source>
   <translation>Quitar: {title}</translation>
  </message>
  <message>
   <source>Remember</source>
   <translation>Recordar</translation>
  </message>
  <message>
   <source>Understand</source>
   <translation>Comprender</translation>
  </message>
  <message>
   <source>Apply</source>
   <translation>Aplicar</translation>
  </message>
  <message>
   <source>Analyse</source>
   <translation>Analizar</translation>
  </message>
  <message>
   <source>Evaluate</source>
   <translation>Evaluar</translation>
  </message>
  <message>
   <source>Create</source>
   <translation>Crear</translation>
  </message>
  <message>
   <source>Warm-up</source>
   <translation>Calentamiento</translation>
  </message>
  <message>
   <source>Teach</source>
   <translation>Explicación</translation>
  </message>
  <message>
   <source>Explore the world</source>
   <translation>Explorar el mundo</translation>
  </message>
  <message>
   <source>Practise</source>
   <translation>Práctica</translation>
  </message>
  <message>
   <source>Discuss</source>
   <translation>Conversación</translation>
  </message>
  <message>
   <source>Quiz</source>
   <translation>Cuestionario</translation>
  </message>
  <message>
   <source>Wrap-up</source>
   <translation>Cierre</translation>
  </message>
  <message numerus="yes">
   <source>{count} minutes in all</source>
   <translation>
    <numerusform>{count} minuto en total</numerusform>
    <numerusform>{count} minutos en total</numerusform>
   </translation>
  </message>
  <message>
   <source>Help {number}</source>
   <translation>Ayuda {number}</translation>
  </message>
  <message>
   <source>Objective {number}</source>
   <translation>Objetivo {number}</translation>
  </message>
  <message>
   <source>Activity {number}</source>
   <translation>Actividad {number}</translation>
  </message>
  <message>
   <source>Standards</source>
   <translation>Estándares</translation>
  </message>
  <message>
   <source>Students will be able to</source>
   <translation>Los estudiantes podrán</translation>
  </message>
  <message>
   <source>Add an &amp;objective</source>
   <translation>Añadir un &amp;objetivo</translation>
  </message>
  <message>
   <source>How the lesson goes</source>
   <translation>Cómo va la lección</translation>
  </message>
  <message>
   <source>Add an &amp;activity</source>
   <translation>Añadir una ac&amp;tividad</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Palabras</translation>
  </message>
  <message>
   <source>Add a &amp;word</source>
   <translation>Añadir una &amp;palabra</translation>
  </message>
  <message>
   <source>For students who need it another way</source>
   <translation>Para quienes lo necesitan de otra manera</translation>
  </message>
  <message>
   <source>Add a hel&amp;p</source>
   <translation>Añadir una ayu&amp;da</translation>
  </message>
  <message>
   <source>Depth</source>
   <translation>Profundidad</translation>
  </message>
  <message>
   <source>What they can do</source>
   <translation>Qué sabrán hacer</translation>
  </message>
  <message>
   <source>What it is called</source>
   <translation>Cómo se llama</translation>
  </message>
  <message>
   <source>What happens</source>
   <translation>Qué pasa</translation>
  </message>
  <message>
   <source>A code that is not in a published list is kept, and shown as not verified.</source>
   <translation>Un código que no está en una lista publicada se conserva y se muestra como no verificado.</translation>
  </message>
  <message>
   <source>Add a &amp;standard</source>
   <translation>Añadir un están&amp;dar</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Título</translation>
  </message>
  <message>
   <source>Summary</source>
   <translation>Resumen</translation>
  </message>
  <message>
   <source>Topic</source>
   <translation>Tema</translation>
  </message>
  <message>
   <source>For you</source>
   <translation>Para ti</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Tipo</translation>
  </message>
  <message>
   <source>Word {number}</source>
   <translation>Palabra {number}</translation>
  </message>
  <message>
   <source>Standard {number}</source>
   <translation>Estándar {number}</translation>
  </message>
  <message>
   <source>What helps</source>
   <translation>Qué ayuda</translation>
  </message>
  <message>
   <source>Word</source>
   <translation>Palabra</translation>
  </message>
  <message>
   <source>What it means</source>
   <translation>Qué significa</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Código</translation>
  </message>
  <message>
   <source>What it asks for</source>
   <translation>Qué pide</translation>
  </message>
  <message>
   <source>Everything is saved in your library.</source>
   <translation>Todo está guardado en tu biblioteca.</translation>
  </message>
  <message>
   <source>Saving…</source>
   <translation>Guardando…</translation>
  </message>
  <message numerus="yes">
   <source>Kept here as a draft. {count} places want a look before it goes into the library.</source>
   <translation>
    <numerusform>Guardado aquí como borrador. {count} lugar necesita un repaso antes de ir a la biblioteca.</numerusform>
    <numerusform>Guardado aquí como borrador. {count} lugares necesitan un repaso antes de ir a la biblioteca.</numerusform>
   </translation>
  </message>
  <message>
   <source>This lesson cannot be edited: {why}</source>
   <translation>Esta lección no se puede editar: {why}</translation>
  </message>
  <message>
   <source>A part of this lesson is not whole yet.</source>
   <translation>Una parte de esta lección aún no está completa.</translation>
  </message>
  <message>
   <source>Mend the places that want a look, and ask again.</source>
   <translation>Corrige los lugares que necesitan un repaso y vuelve a pedirlo.</translation>
  </message>
  <message>
   <source>Easy</source>
   <translation>Fácil</translation>
  </message>
  <message>
   <source>Medium</source>
   <translation>Media</translation>
  </message>
  <message>
   <source>Hard</source>
   <translation>Difícil</translation>
  </message>
  <message>
   <source>Expert</source>
   <translation>Experta</translation>
  </message>
  <message>
   <source>Question</source>
   <translation>Pregunta</translation>
  </message>
  <message>
   <source>Why that is right</source>
   <translation>Por qué es correcto</translation>
  </message>
  <message>
   <source>Question {number}</source>
   <translation>Pregunta {number}</translation>
  </message>
  <message>
   <source>Points</source>
   <translation>Puntos</translation>
  </message>
  <message>
   <source>True</source>
   <translation>Verdadero</translation>
  </message>
  <message>
   <source>False</source>
   <translation>Falso</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Preguntas</translation>
  </message>
  <message>
   <source>Add a &amp;question</source>
   <translation>Añadir una &amp;pregunta</translation>
  </message>
  <message>
   <source>There are no questions yet. A quiz of five to ten shows what was learned.</source>
   <translation>Todavía no hay preguntas. Un cuestionario de cinco a diez muestra lo que se aprendió.</translation>
  </message>
  <message>
   <source>Difficulty</source>
   <translation>Dificultad</translation>
  </message>
  <message>
   <source>Answers</source>
   <translation>Respuestas</translation>
  </message>
  <message>
   <source>Partner of line {number}</source>
   <translation>Pareja de la línea {number}</translation>
  </message>
  <message>
   <source>Not written yet</source>
   <translation>Aún sin escribir</translation>
  </message>
  <message>
   <source>{question}, wants a look</source>
   <translation>{question}, necesita un repaso</translation>
  </message>
  <message>
   <source>Choices, the right one marked</source>
   <translation>Opciones, con la correcta marcada</translation>
  </message>
  <message>
   <source>The right answer</source>
   <translation>La respuesta correcta</translation>
  </message>
  <message>
   <source>Every spelling that counts as right</source>
   <translation>Cada forma de escribirla que vale</translation>
  </message>
  <message>
   <source>In the right order</source>
   <translation>En el orden correcto</translation>
  </message>
  <message>
   <source>Pairs that belong together</source>
   <translation>Parejas que van juntas</translation>
  </message>
  <message>
   <source>Another choice</source>
   <translation>Otra opción</translation>
  </message>
  <message>
   <source>Another spelling</source>
   <translation>Otra forma</translation>
  </message>
  <message>
   <source>Another step</source>
   <translation>Otro paso</translation>
  </message>
  <message>
   <source>Another pair</source>
   <translation>Otra pareja</translation>
  </message>
  <message>
   <source>Line {number}</source>
   <translation>Línea {number}</translation>
  </message>
  <message>
   <source>Take out line {number}</source>
   <translation>Quitar la línea {number}</translation>
  </message>
  <message>
   <source>Choice {number} is right</source>
   <translation>La opción {number} es la correcta</translation>
  </message>
  <message>
   <source>Move up line {number}</source>
   <translation>Subir la línea {number}</translation>
  </message>
  <message>
   <source>Move down line {number}</source>
   <translation>Bajar la línea {number}</translation>
  </message>
  <message>
   <source>{provider} writes this part anew and leaves every other as it is. You see what came before it is kept.</source>
   <translation>{provider} vuelve a escribir esta parte y deja las demás como están. Verás el resultado antes de guardarlo.</translation>
  </message>
  <message>
   <source>There is no AI provider yet. Settings has a card for it.</source>
   <translation>Todavía no hay un proveedor de IA. En Ajustes hay un apartado para ello.</translation>
  </message>
  <message>
   <source>Ask for a change</source>
   <translation>Pedir un cambio</translation>
  </message>
  <message>
   <source>&amp;Ask</source>
   <translation>&amp;Pedir</translation>
  </message>
  <message>
   <source>Part</source>
   <translation>Parte</translation>
  </message>
  <message>
   <source>What shall be different?</source>
   <translation>¿Qué debe cambiar?</translation>
  </message>
  <message>
   <source>simpler words, and one more example</source>
   <translation>palabras más sencillas y un ejemplo más</translation>
  </message>
  <message>
   <source>Ask for a &amp;change…</source>
   <translation>Pedir un &amp;cambio…</translation>
  </message>
  <message>
   <source>&amp;Done</source>
   <translation>&amp;Listo</translation>
  </message>
  <message>
   <source>Part of the lesson</source>
   <translation>Parte de la lección</translation>
  </message>
  <message>
   <source>Nothing to edit</source>
   <translation>Nada que editar</translation>
  </message>
  <message numerus="yes">
   <source>{count} places to look at</source>
   <translation>
    <numerusform>{count} lugar por repasar</numerusform>
    <numerusform>{count} lugares por repasar</numerusform>
   </translation>
  </message>
  <message>
   <source>Take back</source>
   <translation>Deshacer</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Editar</translation>
  </message>
  <message>
   <source>Without a title</source>
   <translation>Sin título</translation>
  </message>
  <message>
   <source>About</source>
   <translation>Acerca de</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>Plan</translation>
  </message>
  <message>
   <source>World</source>
   <translation>Mundo</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Notas</translation>
  </message>
  <message>
   <source>This lesson was changed elsewhere; what came is in it now.</source>
   <translation>Esta lección se cambió en otro lugar; lo que llegó ya está aquí.</translation>
  </message>
  <message>
   <source>Explore: find what is hidden</source>
   <translation>Explorar: encontrar lo escondido</translation>
  </message>
  <message>
   <source>Solve: answers open the way</source>
   <translation>Resolver: las respuestas abren el camino</translation>
  </message>
  <message>
   <source>Work together: stations for two</source>
   <translation>Colaborar: puestos para dos</translation>
  </message>
  <message>
   <source>Simulate: turn the wheels and see</source>
   <translation>Simular: mover y observar</translation>
  </message>
  <message>
   <source>Create: build in the workshop</source>
   <translation>Crear: construir en el taller</translation>
  </message>
  <message>
   <source>Block</source>
   <translation>Bloque</translation>
  </message>
  <message>
   <source>Ball</source>
   <translation>Bola</translation>
  </message>
  <message>
   <source>Cylinder</source>
   <translation>Cilindro</translation>
  </message>
  <message>
   <source>Asked here: {questions}</source>
   <translation>Aquí se pregunta: {questions}</translation>
  </message>
  <message>
   <source>Zone {number}</source>
   <translation>Zona {number}</translation>
  </message>
  <message>
   <source>No question is asked here.</source>
   <translation>Aquí no se pregunta nada.</translation>
  </message>
  <message>
   <source>Where it plays</source>
   <translation>Dónde transcurre</translation>
  </message>
  <message>
   <source>How it is played</source>
   <translation>Cómo se juega</translation>
  </message>
  <message>
   <source>What is read on arrival</source>
   <translation>Qué se lee al llegar</translation>
  </message>
  <message>
   <source>Sign</source>
   <translation>Cartel</translation>
  </message>
  <message>
   <source>Object</source>
   <translation>Objeto</translation>
  </message>
  <message>
   <source>Add a &amp;zone</source>
   <translation>Añadir una &amp;zona</translation>
  </message>
  <message>
   <source>What is written there</source>
   <translation>Qué dice allí</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Forma</translation>
  </message>
  <message>
   <source>Waiting for the school server: it is sent by itself as soon as it can be reached.</source>
   <translation>Esperando al servidor de la escuela: se envía por sí sola en cuanto se pueda contactar con él.</translation>
  </message>
  <message>
   <source>Waits to be sent</source>
   <translation>Espera para enviarse</translation>
  </message>
  <message>
   <source>Being made</source>
   <translation>Se está haciendo</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Hecha</translation>
  </message>
  <message>
   <source>Stopped</source>
   <translation>Detenida</translation>
  </message>
  <message>
   <source>Cancelled</source>
   <translation>Cancelada</translation>
  </message>
  <message>
   <source>price not known</source>
   <translation>precio desconocido</translation>
  </message>
  <message>
   <source>{cost} US dollars</source>
   <translation>{cost} dólares de EE. UU.</translation>
  </message>
  <message numerus="yes">
   <source>{count} tokens</source>
   <translation>
    <numerusform>{count} token</numerusform>
    <numerusform>{count} tokens</numerusform>
   </translation>
  </message>
  <message>
   <source>Revision</source>
   <translation>Revisión</translation>
  </message>
  <message numerus="yes">
   <source>{count} passages</source>
   <translation>
    <numerusform>{count} pasaje</numerusform>
    <numerusform>{count} pasajes</numerusform>
   </translation>
  </message>
  <message>
   <source>Making your lesson</source>
   <translation>Preparando tu lección</translation>
  </message>
  <message>
   <source>&amp;Cancel</source>
   <translation>&amp;Cancelar</translation>
  </message>
  <message>
   <source>Go on f&amp;rom here</source>
   <translation>Segui&amp;r desde aquí</translation>
  </message>
  <message>
   <source>Make it from a &amp;template</source>
   <translation>Hacerla con una plan&amp;tilla</translation>
  </message>
  <message>
   <source>&amp;Back to the wish</source>
   <translation>V&amp;olver a la petición</translation>
  </message>
  <message>
   <source>What is being written</source>
   <translation>Lo que se está escribiendo</translation>
  </message>
  <message>
   <source>As it is written</source>
   <translation>Mientras se escribe</translation>
  </message>
  <message>
   <source>Making “{title}”</source>
   <translation>Preparando «{title}»</translation>
  </message>
  <message>
   <source>That did not fit yet; it is being put right.</source>
   <translation>Todavía no encajaba; se está corrigiendo.</translation>
  </message>
  <message>
   <source>Your own material</source>
   <translation>Tu propio material</translation>
  </message>
  <message>
   <source>Drop a PDF, a Word document or a text here, and the lesson rests on it: each statement names the passage it comes from.</source>
   <translation>Suelta aquí un PDF, un documento de Word o un texto y la lección se apoyará en él: cada afirmación indica el pasaje del que procede.</translation>
  </message>
  <message>
   <source>&amp;Add a file…</source>
   <translation>Aña&amp;dir un archivo…</translation>
  </message>
  <message>
   <source>&amp;Paste text…</source>
   <translation>&amp;Pegar texto…</translation>
  </message>
  <message>
   <source>&amp;Names of my students may be sent in what I wrote</source>
   <translation>Los &amp;nombres de mis estudiantes pueden enviarse en lo que escribí</translation>
  </message>
  <message>
   <source>Take away {title}</source>
   <translation>Quitar {title}</translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>Leyendo…</translation>
  </message>
  <message>
   <source>Choose material</source>
   <translation>Elegir material</translation>
  </message>
  <message>
   <source>Documents ({endings})</source>
   <translation>Documentos ({endings})</translation>
  </message>
  <message>
   <source>Paste text</source>
   <translation>Pegar texto</translation>
  </message>
  <message>
   <source>Paste what the lesson is to rest on.</source>
   <translation>Pega aquello en lo que debe apoyarse la lección.</translation>
  </message>
  <message>
   <source>&amp;Use it</source>
   <translation>&amp;Usarlo</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Texto</translation>
  </message>
  <message>
   <source>Asked for before</source>
   <translation>Pedidas antes</translation>
  </message>
  <message>
   <source>Look at {title}</source>
   <translation>Ver {title}</translation>
  </message>
  <message>
   <source>Go on with {title}</source>
   <translation>Seguir con {title}</translation>
  </message>
  <message>
   <source>Cancel {title}</source>
   <translation>Cancelar {title}</translation>
  </message>
  <message>
   <source>Take {title} off the list</source>
   <translation>Quitar {title} de la lista</translation>
  </message>
  <message>
   <source>Look at it</source>
   <translation>Verlo</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Seguir</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Cancelar</translation>
  </message>
  <message>
   <source>Understand the wish</source>
   <translation>Entender la petición</translation>
  </message>
  <message>
   <source>Plan the lesson</source>
   <translation>Planear la lección</translation>
  </message>
  <message>
   <source>Shape the world</source>
   <translation>Dar forma al mundo</translation>
  </message>
  <message>
   <source>Place things to do</source>
   <translation>Colocar actividades</translation>
  </message>
  <message>
   <source>Write the quiz</source>
   <translation>Escribir el cuestionario</translation>
  </message>
  <message>
   <source>Write the scripts</source>
   <translation>Escribir los scripts</translation>
  </message>
  <message>
   <source>Check everything</source>
   <translation>Comprobarlo todo</translation>
  </message>
  <message>
   <source>Say what the lesson is about, for instance “the water cycle, grade 5”.</source>
   <translation>Di de qué trata la lección, por ejemplo “the water cycle, grade 5”.</translation>
  </message>
  <message>
   <source>fractions on a number line, grade 4</source>
   <translation>fractions on a number line, grade 4</translation>
  </message>
  <message>
   <source>the water cycle, grade 5</source>
   <translation>the water cycle, grade 5</translation>
  </message>
  <message>
   <source>No class yet</source>
   <translation>Ninguna clase todavía</translation>
  </message>
  <message>
   <source>As the sentence says</source>
   <translation>Como dice la frase</translation>
  </message>
  <message>
   <source>As it fits</source>
   <translation>Lo que mejor encaje</translation>
  </message>
  <message>
   <source>This lesson was changed meanwhile, and the new part does not fit it: {why}</source>
   <translation>Esta lección se cambió mientras tanto y la parte nueva ya no encaja: {why}</translation>
  </message>
  <message>
   <source>Ask for the part once more; nothing was changed in your library.</source>
   <translation>Pide la parte otra vez; en tu biblioteca no se ha cambiado nada.</translation>
  </message>
  <message>
   <source>Say it in a sentence. You see everything before it is kept.</source>
   <translation>Dilo en una frase. Lo ves todo antes de guardarlo.</translation>
  </message>
  <message>
   <source>The lesson is in your library.</source>
   <translation>La lección está en tu biblioteca.</translation>
  </message>
  <message>
   <source>What is the lesson about?</source>
   <translation>¿De qué trata la lección?</translation>
  </message>
  <message>
   <source>&amp;Make the lesson</source>
   <translation>&amp;Crear la lección</translation>
  </message>
  <message>
   <source>Choices</source>
   <translation>Opciones</translation>
  </message>
  <message>
   <source>How it is made</source>
   <translation>Cómo se hace</translation>
  </message>
  <message>
   <source>Written by {name}. Read it through before you approve it.</source>
   <translation>La escribe {name}. Léela entera antes de aprobarla.</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Para</translation>
  </message>
  <message>
   <source>&amp;Save to library</source>
   <translation>&amp;Guardar en la biblioteca</translation>
  </message>
  <message>
   <source>Save and &amp;push to Studio</source>
   <translation>Guardar y enviar a St&amp;udio</translation>
  </message>
  <message>
   <source>&amp;Change the wish</source>
   <translation>&amp;Cambiar la petición</translation>
  </message>
  <message>
   <source>Try:</source>
   <translation>Prueba:</translation>
  </message>
  <message>
   <source>Made from a template, without AI.</source>
   <translation>Hecha con una plantilla, sin IA.</translation>
  </message>
  <message>
   <source>Without an AI provider, lessons are made from our own templates, and say so. Settings has a card for a provider.</source>
   <translation>Sin un proveedor de IA, las lecciones se hacen con nuestras propias plantillas, y así lo dicen. En Ajustes hay una tarjeta para elegir proveedor.</translation>
  </message>
  <message>
   <source>Make a lesson: {wish}</source>
   <translation>Crear una lección: {wish}</translation>
  </message>
  <message>
   <source>With AI</source>
   <translation>Con IA</translation>
  </message>
  <message>
   <source>From a template</source>
   <translation>Con una plantilla</translation>
  </message>
  <message>
   <source>In this version</source>
   <translation>En esta versión</translation>
  </message>
  <message>
   <source>Find in the guide</source>
   <translation>Buscar en la guía</translation>
  </message>
  <message>
   <source>Sections of the guide</source>
   <translation>Secciones de la guía</translation>
  </message>
  <message>
   <source>The section</source>
   <translation>La sección</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Ayuda</translation>
  </message>
  <message>
   <source>All of it is on this computer.</source>
   <translation>Todo está en este equipo.</translation>
  </message>
  <message>
   <source>Nothing in the guide fits. Try another word.</source>
   <translation>Nada de la guía encaja. Prueba con otra palabra.</translation>
  </message>
  <message>
   <source>Live: it moves as points arrive.</source>
   <translation>En directo: se mueve cuando llegan puntos.</translation>
  </message>
  <message>
   <source>← → another time · Esc closes</source>
   <translation>← → otro periodo · Esc cierra</translation>
  </message>
  <message>
   <source>Leaderboard</source>
   <translation>Clasificación</translation>
  </message>
  <message>
   <source>&amp;Projector view</source>
   <translation>Vista de &amp;proyector</translation>
  </message>
  <message>
   <source>Class</source>
   <translation>Clase</translation>
  </message>
  <message>
   <source>No leaderboard yet</source>
   <translation>Todavía no hay clasificación</translation>
  </message>
  <message>
   <source>Every class has one. Make a class first; points come from lessons and from you.</source>
   <translation>Cada clase tiene la suya. Crea primero una clase; los puntos vienen de las lecciones y de ti.</translation>
  </message>
  <message>
   <source>A large view for the wall, with aliases instead of names</source>
   <translation>Una vista grande para la pared, con alias en lugar de nombres</translation>
  </message>
  <message>
   <source>Open classes</source>
   <translation>Abrir clases</translation>
  </message>
  <message>
   <source>Signed by {name}, key {key}; not changed since.</source>
   <translation>Firmada por {name}, clave {key}; sin cambios desde entonces.</translation>
  </message>
  <message>
   <source>Saved as {name}. It is not signed: this computer has no keyring for a key.</source>
   <translation>Guardada como {name}. No está firmada: este equipo no tiene un llavero donde guardar una clave.</translation>
  </message>
  <message>
   <source>Not signed: nobody can tell who made it, or whether it was changed.</source>
   <translation>Sin firma: nadie puede saber quién la hizo ni si se ha cambiado.</translation>
  </message>
  <message>
   <source>somebody without a name</source>
   <translation>alguien sin nombre</translation>
  </message>
  <message>
   <source>“{title}” is in your library.</source>
   <translation>«{title}» está en tu biblioteca.</translation>
  </message>
  <message>
   <source>Saved as {name}, signed with your key {key}.</source>
   <translation>Guardada como {name}, firmada con tu clave {key}.</translation>
  </message>
  <message>
   <source>“{title}” from {name} becomes a draft in your library. Nothing is saved yet.</source>
   <translation>«{title}», de {name}, será un borrador de tu biblioteca. Aún no se ha guardado nada.</translation>
  </message>
  <message>
   <source>You have a lesson with this title already. Both will be kept.</source>
   <translation>Ya tienes una lección con este título. Se conservarán las dos.</translation>
  </message>
  <message>
   <source>“{title}” has no content yet, so it was not shared.</source>
   <translation>«{title}» todavía no tiene contenido, así que no se ha compartido.</translation>
  </message>
  <message>
   <source>Last changed first</source>
   <translation>Las últimas cambiadas</translation>
  </message>
  <message>
   <source>By title</source>
   <translation>Por título</translation>
  </message>
  <message>
   <source>By subject</source>
   <translation>Por materia</translation>
  </message>
  <message>
   <source>By due day</source>
   <translation>Por fecha de entrega</translation>
  </message>
  <message numerus="yes">
   <source>{count} lessons</source>
   <translation>
    <numerusform>{count} lección</numerusform>
    <numerusform>{count} lecciones</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} lessons put away.</source>
   <translation>
    <numerusform>{count} lección archivada.</numerusform>
    <numerusform>{count} lecciones archivadas.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} lessons are back, as drafts.</source>
   <translation>
    <numerusform>{count} lección recuperada, como borrador.</numerusform>
    <numerusform>{count} lecciones recuperadas, como borradores.</numerusform>
   </translation>
  </message>
  <message>
   <source>{title} (copy)</source>
   <translation>{title} (copia)</translation>
  </message>
  <message numerus="yes">
   <source>{count} copies made, as drafts.</source>
   <translation>
    <numerusform>{count} copia hecha, como borrador.</numerusform>
    <numerusform>{count} copias hechas, como borradores.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Tags of {count} lessons changed.</source>
   <translation>
    <numerusform>Etiquetas de {count} lección cambiadas.</numerusform>
    <numerusform>Etiquetas de {count} lecciones cambiadas.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} lessons given.</source>
   <translation>
    <numerusform>{count} lección asignada.</numerusform>
    <numerusform>{count} lecciones asignadas.</numerusform>
   </translation>
  </message>
  <message>
   <source>Every subject</source>
   <translation>Todas las materias</translation>
  </message>
  <message>
   <source>Every grade</source>
   <translation>Todos los grados</translation>
  </message>
  <message>
   <source>Every class</source>
   <translation>Todas las clases</translation>
  </message>
  <message>
   <source>Every tag</source>
   <translation>Todas las etiquetas</translation>
  </message>
  <message numerus="yes">
   <source>Your own words for {count} lessons, to find them by.</source>
   <translation>
    <numerusform>Tus propias palabras para {count} lección, para encontrarla.</numerusform>
    <numerusform>Tus propias palabras para {count} lecciones, para encontrarlas.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Give {count} lessons to classes</source>
   <translation>
    <numerusform>Asignar {count} lección a clases</numerusform>
    <numerusform>Asignar {count} lecciones a clases</numerusform>
   </translation>
  </message>
  <message>
   <source>Classes that have it already keep it.</source>
   <translation>Las clases que ya la tienen la conservan.</translation>
  </message>
  <message>
   <source>Tags</source>
   <translation>Etiquetas</translation>
  </message>
  <message>
   <source>&amp;Save</source>
   <translation>&amp;Guardar</translation>
  </message>
  <message>
   <source>New tags, with commas between them</source>
   <translation>Etiquetas nuevas, separadas por comas</translation>
  </message>
  <message>
   <source>autumn, team work</source>
   <translation>otoño, trabajo en equipo</translation>
  </message>
  <message>
   <source>G&amp;ive</source>
   <translation>A&amp;signar</translation>
  </message>
  <message>
   <source>Due on, if you like</source>
   <translation>Fecha de entrega, si quieres</translation>
  </message>
  <message>
   <source>Take this lesson in?</source>
   <translation>¿Incorporar esta lección?</translation>
  </message>
  <message>
   <source>&amp;Take in</source>
   <translation>I&amp;ncorporar</translation>
  </message>
  <message>
   <source>You have no class yet. Make one on the Classes page.</source>
   <translation>Todavía no tienes ninguna clase. Crea una en la página Clases.</translation>
  </message>
  <message>
   <source>Share lessons as {name}</source>
   <translation>Compartir lecciones como {name}</translation>
  </message>
  <message>
   <source>&amp;Import…</source>
   <translation>Impor&amp;tar…</translation>
  </message>
  <message>
   <source>New &amp;lesson</source>
   <translation>Nueva &amp;lección</translation>
  </message>
  <message>
   <source>Your library is empty</source>
   <translation>Tu biblioteca está vacía</translation>
  </message>
  <message>
   <source>Describe a lesson in one sentence and watch it being made: a plan, a quiz, and a world for Roblox Studio.</source>
   <translation>Describe una lección en una frase y mira cómo se hace: un plan, un cuestionario y un mundo para Roblox Studio.</translation>
  </message>
  <message>
   <source>No lesson fits</source>
   <translation>Ninguna lección coincide</translation>
  </message>
  <message>
   <source>Type fewer letters, or show every subject, grade, class and tag.</source>
   <translation>Escribe menos letras o muestra todas las materias, grados, clases y etiquetas.</translation>
  </message>
  <message>
   <source>Find a lesson</source>
   <translation>Buscar una lección</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Mostrar</translation>
  </message>
  <message>
   <source>Tag</source>
   <translation>Etiqueta</translation>
  </message>
  <message>
   <source>Sort</source>
   <translation>Ordenar</translation>
  </message>
  <message>
   <source>Lessons</source>
   <translation>Lecciones</translation>
  </message>
  <message>
   <source>Put a&amp;way</source>
   <translation>Ar&amp;chivar</translation>
  </message>
  <message>
   <source>&amp;Bring back</source>
   <translation>&amp;Recuperar</translation>
  </message>
  <message>
   <source>&amp;Share…</source>
   <translation>Com&amp;partir…</translation>
  </message>
  <message>
   <source>Choose the lesson to take in</source>
   <translation>Elige la lección que quieres incorporar</translation>
  </message>
  <message>
   <source>Share lessons as files</source>
   <translation>Compartir lecciones como archivos</translation>
  </message>
  <message>
   <source>Take in a lesson that somebody shared</source>
   <translation>Incorporar una lección que alguien ha compartido</translation>
  </message>
  <message>
   <source>Make a lesson</source>
   <translation>Crear una lección</translation>
  </message>
  <message>
   <source>Show &amp;all</source>
   <translation>Mostrar tod&amp;o</translation>
  </message>
  <message>
   <source>Save for another teacher (.toolbox)</source>
   <translation>Guardar para otro docente (.toolbox)</translation>
  </message>
  <message>
   <source>Give to &amp;classes…</source>
   <translation>A&amp;signar…</translation>
  </message>
  <message>
   <source>&amp;Tags…</source>
   <translation>Eti&amp;quetas…</translation>
  </message>
  <message>
   <source>&amp;Duplicate</source>
   <translation>&amp;Duplicar</translation>
  </message>
  <message numerus="yes">
   <source>{count} lessons chosen</source>
   <translation>
    <numerusform>{count} lección elegida</numerusform>
    <numerusform>{count} lecciones elegidas</numerusform>
   </translation>
  </message>
  <message>
   <source>Choose one or several</source>
   <translation>Elige una o varias</translation>
  </message>
  <message>
   <source>Lessons (*.toolbox *.json)</source>
   <translation>Lecciones (*.toolbox *.json)</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Todos los archivos (*)</translation>
  </message>
  <message>
   <source>Shared lesson (*.toolbox)</source>
   <translation>Lección compartida (*.toolbox)</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Todas</translation>
  </message>
  <message>
   <source>Drafts</source>
   <translation>Borradores</translation>
  </message>
  <message>
   <source>Approved ones</source>
   <translation>Aprobadas</translation>
  </message>
  <message>
   <source>The archive</source>
   <translation>Archivadas</translation>
  </message>
  <message>
   <source>Lesson</source>
   <translation>Lección</translation>
  </message>
  <message>
   <source>Changed</source>
   <translation>Cambiada</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Estado</translation>
  </message>
  <message>
   <source>This link leads nowhere in the Companion. A link looks like toolboxai://sync, or like toolboxai://class/ followed by the class's id.</source>
   <translation>Este enlace no lleva a ninguna parte de Companion. Un enlace es como toolboxai://sync, o como toolboxai://class/ seguido del identificador de la clase.</translation>
  </message>
  <message numerus="yes">
   <source>For {names} and {count} others.</source>
   <translation>
    <numerusform>Para {names} y {count} más.</numerusform>
    <numerusform>Para {names} y {count} más.</numerusform>
   </translation>
  </message>
  <message>
   <source>For {names}.</source>
   <translation>Para {names}.</translation>
  </message>
  <message>
   <source>Award XP</source>
   <translation>Dar XP</translation>
  </message>
  <message>
   <source>&amp;Award</source>
   <translation>&amp;Dar</translation>
  </message>
  <message>
   <source>What for</source>
   <translation>Por qué</translation>
  </message>
  <message>
   <source>for example helping a classmate</source>
   <translation>por ejemplo, ayudar a un compañero</translation>
  </message>
  <message numerus="yes">
   <source>{points} points</source>
   <translation>
    <numerusform>{points} punto</numerusform>
    <numerusform>{points} puntos</numerusform>
   </translation>
  </message>
  <message>
   <source>Saved: {score} of {most} for {name}.</source>
   <translation>Guardado: {score} de {most} para {name}.</translation>
  </message>
  <message>
   <source>Ho&amp;w it came about…</source>
   <translation>Cómo sur&amp;gió…</translation>
  </message>
  <message>
   <source>Grades</source>
   <translation>Calificaciones</translation>
  </message>
  <message>
   <source>Nothing to grade yet</source>
   <translation>Todavía no hay nada que calificar</translation>
  </message>
  <message>
   <source>Quizzes of lessons that this class plays show here with their answers.</source>
   <translation>Aquí aparecen, con sus respuestas, los cuestionarios de las lecciones que juega esta clase.</translation>
  </message>
  <message>
   <source>Score</source>
   <translation>Nota</translation>
  </message>
  <message>
   <source>Save &amp;score</source>
   <translation>Guardar &amp;nota</translation>
  </message>
  <message>
   <source>Nobody waits any more.</source>
   <translation>Ya no espera nadie.</translation>
  </message>
  <message>
   <source>Pick a student, type the score, and press Enter.</source>
   <translation>Elige un estudiante, escribe la nota y pulsa Intro.</translation>
  </message>
  <message>
   <source>of {most}</source>
   <translation>de {most}</translation>
  </message>
  <message>
   <source>{score} is more than the {most} points of this quiz. Press Enter again to keep it as extra credit.</source>
   <translation>{score} es más que los {most} puntos de este cuestionario. Pulsa Intro otra vez para guardarlo como puntos extra.</translation>
  </message>
  <message>
   <source>Student</source>
   <translation>Estudiante</translation>
  </message>
  <message>
   <source>Of</source>
   <translation>De</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>Falta</translation>
  </message>
  <message>
   <source>At work</source>
   <translation>En curso</translation>
  </message>
  <message>
   <source>To grade</source>
   <translation>Por calificar</translation>
  </message>
  <message>
   <source>Graded</source>
   <translation>Calificado</translation>
  </message>
  <message>
   <source>Type a score first. An empty field changes nothing.</source>
   <translation>Escribe primero una nota. Un campo vacío no cambia nada.</translation>
  </message>
  <message>
   <source>Not synced</source>
   <translation>Sin sincronizar</translation>
  </message>
  <message>
   <source>Falling behind</source>
   <translation>Se queda atrás</translation>
  </message>
  <message>
   <source>How this grade came about</source>
   <translation>Cómo surgió esta nota</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Cuándo</translation>
  </message>
  <message>
   <source>Who</source>
   <translation>Quién</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Dónde</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Qué</translation>
  </message>
  <message>
   <source>Everything that happened to this grade, in order.</source>
   <translation>Todo lo que pasó con esta nota, en orden.</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Cerrar</translation>
  </message>
  <message>
   <source>Save as PDF…</source>
   <translation>Guardar como PDF…</translation>
  </message>
  <message>
   <source>Saved as {name}.</source>
   <translation>Guardada como {name}.</translation>
  </message>
  <message>
   <source>{name} could not be written: {why}.</source>
   <translation>No se pudo escribir {name}: {why}.</translation>
  </message>
  <message>
   <source>Roster</source>
   <translation>Lista</translation>
  </message>
  <message>
   <source>Bring your class list</source>
   <translation>Trae tu lista de clase</translation>
  </message>
  <message>
   <source>A CSV or Excel file from Google Classroom, your school's system, or typed by hand. You see what it changes before anything is saved.</source>
   <translation>Un archivo CSV o Excel de Google Classroom, del sistema de tu escuela o escrito a mano. Ves lo que cambia antes de que se guarde nada.</translation>
  </message>
  <message>
   <source>No lessons for this class yet</source>
   <translation>Todavía no hay lecciones para esta clase</translation>
  </message>
  <message>
   <source>Describe one in a sentence, and give it to this class when you save it.</source>
   <translation>Describe una en una frase y asígnala a esta clase al guardarla.</translation>
  </message>
  <message>
   <source>Choose a file</source>
   <translation>Elegir un archivo</translation>
  </message>
  <message>
   <source>Level</source>
   <translation>Nivel</translation>
  </message>
  <message>
   <source>XP</source>
   <translation>XP</translation>
  </message>
  <message>
   <source>Last active</source>
   <translation>Última actividad</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Nota al margen</translation>
  </message>
  <message>
   <source>Due</source>
   <translation>Entrega</translation>
  </message>
  <message>
   <source>&amp;Import roster…</source>
   <translation>Im&amp;portar lista…</translation>
  </message>
  <message>
   <source>Award &amp;XP</source>
   <translation>Dar &amp;XP</translation>
  </message>
  <message>
   <source>H&amp;istory…</source>
   <translation>&amp;Historial…</translation>
  </message>
  <message>
   <source>Part of the class</source>
   <translation>Parte de la clase</translation>
  </message>
  <message>
   <source>Nothing to show</source>
   <translation>Nada que mostrar</translation>
  </message>
  <message>
   <source>It was deleted or moved elsewhere.</source>
   <translation>Se borró o se movió a otro sitio.</translation>
  </message>
  <message numerus="yes">
   <source>{xp} XP for {count} students.</source>
   <translation>
    <numerusform>{xp} XP para {count} estudiante.</numerusform>
    <numerusform>{xp} XP para {count} estudiantes.</numerusform>
   </translation>
  </message>
  <message>
   <source>Of this class, or of the student who is picked</source>
   <translation>De esta clase o del estudiante elegido</translation>
  </message>
  <message>
   <source>This class is gone</source>
   <translation>Esta clase ya no está</translation>
  </message>
  <message numerus="yes">
   <source>Award &amp;XP to {count}</source>
   <translation>
    <numerusform>Dar &amp;XP a {count}</numerusform>
    <numerusform>Dar &amp;XP a {count}</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no grade of this student yet.</source>
   <translation>Este estudiante aún no tiene nota.</translation>
  </message>
  <message>
   <source>Pick the students first: click a name, or hold Ctrl to pick several.</source>
   <translation>Elige primero a los estudiantes: haz clic en un nombre, o mantén Ctrl para elegir varios.</translation>
  </message>
  <message>
   <source>not synced yet</source>
   <translation>aún sin sincronizar</translation>
  </message>
  <message>
   <source>This lesson cannot be shown: {why}</source>
   <translation>Esta lección no se puede mostrar: {why}</translation>
  </message>
  <message>
   <source>This lesson has a title, and no content yet.</source>
   <translation>Esta lección tiene título, pero todavía no tiene contenido.</translation>
  </message>
  <message>
   <source>Save “{title}” as {name}</source>
   <translation>Guardar «{title}» como {name}</translation>
  </message>
  <message>
   <source>&amp;Approve</source>
   <translation>Apro&amp;bar</translation>
  </message>
  <message>
   <source>&amp;Push to Studio</source>
   <translation>Enviar a &amp;Studio</translation>
  </message>
  <message>
   <source>Ea&amp;rlier versions…</source>
   <translation>Versiones an&amp;teriores…</translation>
  </message>
  <message>
   <source>&amp;Save as a Roblox model…</source>
   <translation>&amp;Guardar como modelo de Roblox…</translation>
  </message>
  <message>
   <source>P&amp;ublish on Roblox…</source>
   <translation>&amp;Publicar en Roblox…</translation>
  </message>
  <message>
   <source>Approved. It can go to your classes now.</source>
   <translation>Aprobada. Ya puede ir a tus clases.</translation>
  </message>
  <message>
   <source>Save the lesson as a Roblox model</source>
   <translation>Guardar la lección como modelo de Roblox</translation>
  </message>
  <message>
   <source>Roblox model (*.rbxmx)</source>
   <translation>Modelo de Roblox (*.rbxmx)</translation>
  </message>
  <message>
   <source>This lesson is gone</source>
   <translation>Esta lección ya no está</translation>
  </message>
  <message>
   <source>Go back to the library.</source>
   <translation>Vuelve a la biblioteca.</translation>
  </message>
  <message>
   <source>Publish “{title}” on Roblox</source>
   <translation>Publicar «{title}» en Roblox</translation>
  </message>
  <message>
   <source>The earlier version is back.</source>
   <translation>La versión anterior está de vuelta.</translation>
  </message>
  <message>
   <source>Something went wrong here that should not have. Nothing you saved is lost. Try again; if it stays, copy the details into a message to whoever looks after this program.</source>
   <translation>Algo ha fallado aquí y no debería. Nada de lo que guardaste se ha perdido. Inténtalo de nuevo; si sigue igual, copia los detalles en un mensaje a quien se ocupa de este programa.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Volver a intentarlo</translation>
  </message>
  <message>
   <source>Copied. The details name no student and no password.</source>
   <translation>Copiado. Los detalles no nombran a ningún estudiante ni contraseña.</translation>
  </message>
  <message>
   <source>Copy details</source>
   <translation>Copiar los detalles</translation>
  </message>
  <message>
   <source>Period</source>
   <translation>Periodo</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>Puesto</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Cambio</translation>
  </message>
  <message>
   <source>Points that students earn show here at once. There are some in a longer time.</source>
   <translation>Los puntos que ganan los estudiantes aparecen aquí al momento. En un periodo más largo sí hay.</translation>
  </message>
  <message>
   <source>Points come from lessons that students play, and from you: open a class, pick students, and award XP.</source>
   <translation>Los puntos vienen de las lecciones que juegan los estudiantes, y de ti: abre una clase, elige estudiantes y da XP.</translation>
  </message>
  <message>
   <source>Week</source>
   <translation>Semana</translation>
  </message>
  <message>
   <source>Month</source>
   <translation>Mes</translation>
  </message>
  <message>
   <source>Term</source>
   <translation>Semestre</translation>
  </message>
  <message>
   <source>All time</source>
   <translation>Desde siempre</translation>
  </message>
  <message>
   <source>This week</source>
   <translation>Esta semana</translation>
  </message>
  <message>
   <source>This month</source>
   <translation>Este mes</translation>
  </message>
  <message>
   <source>This term</source>
   <translation>Este semestre</translation>
  </message>
  <message>
   <source>No points this week yet</source>
   <translation>Esta semana todavía no hay puntos</translation>
  </message>
  <message>
   <source>No points this month yet</source>
   <translation>Este mes todavía no hay puntos</translation>
  </message>
  <message>
   <source>No points this term yet</source>
   <translation>Este semestre todavía no hay puntos</translation>
  </message>
  <message>
   <source>No points yet</source>
   <translation>Todavía no hay puntos</translation>
  </message>
  <message>
   <source>Show this week</source>
   <translation>Mostrar esta semana</translation>
  </message>
  <message>
   <source>Show this month</source>
   <translation>Mostrar este mes</translation>
  </message>
  <message>
   <source>Show this term</source>
   <translation>Mostrar este semestre</translation>
  </message>
  <message>
   <source>Show all time</source>
   <translation>Mostrar desde siempre</translation>
  </message>
  <message>
   <source>the ToolBoxAI platform</source>
   <translation>la plataforma ToolBoxAI</translation>
  </message>
  <message>
   <source>{model} at {host}</source>
   <translation>{model} en {host}</translation>
  </message>
  <message>
   <source>Choose another folder, and try again.</source>
   <translation>Elige otra carpeta e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>{name} is larger than anything it could be, so it was left alone.</source>
   <translation>{name} es más grande de lo que podría ser, así que no se ha tocado.</translation>
  </message>
  <message>
   <source>{name} could not be opened: {why}.</source>
   <translation>No se pudo abrir {name}: {why}.</translation>
  </message>
  <message>
   <source>Everything that happened, newest first.</source>
   <translation>Todo lo que ha pasado, lo más reciente primero.</translation>
  </message>
  <message>
   <source>Nothing has been changed here yet.</source>
   <translation>Aquí todavía no se ha cambiado nada.</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Historia</translation>
  </message>
  <message numerus="yes">
   <source>and {count} more</source>
   <translation>
    <numerusform>y {count} más</numerusform>
    <numerusform>y {count} más</numerusform>
   </translation>
  </message>
  <message>
   <source>Undo: {what}</source>
   <translation>Deshacer: {what}</translation>
  </message>
  <message>
   <source>Choose the list of students</source>
   <translation>Elige la lista de estudiantes</translation>
  </message>
  <message>
   <source>Import this class list?</source>
   <translation>¿Importar esta lista de clase?</translation>
  </message>
  <message>
   <source>Students in the file</source>
   <translation>Estudiantes del archivo</translation>
  </message>
  <message>
   <source>Class lists (*.csv *.xlsx *.zip *.tsv *.txt)</source>
   <translation>Listas de clase (*.csv *.xlsx *.zip *.tsv *.txt)</translation>
  </message>
  <message>
   <source>E-mail</source>
   <translation>Correo</translation>
  </message>
  <message>
   <source>New class: {names}</source>
   <translation>Clase nueva: {names}</translation>
  </message>
  <message>
   <source>Building the world…</source>
   <translation>Construyendo el mundo…</translation>
  </message>
  <message>
   <source>The lesson</source>
   <translation>La lección</translation>
  </message>
  <message>
   <source>Try the quiz</source>
   <translation>Probar el cuestionario</translation>
  </message>
  <message>
   <source>In Studio</source>
   <translation>En Studio</translation>
  </message>
  <message>
   <source>{things}, of these {scripts} with {lines}</source>
   <translation>{things}, de ellos {scripts} con {lines}</translation>
  </message>
  <message numerus="yes">
   <source>{count} objects</source>
   <translation>
    <numerusform>{count} objeto</numerusform>
    <numerusform>{count} objetos</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} scripts</source>
   <translation>
    <numerusform>{count} script</numerusform>
    <numerusform>{count} scripts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} lines</source>
   <translation>
    <numerusform>{count} línea</numerusform>
    <numerusform>{count} líneas</numerusform>
   </translation>
  </message>
  <message>
   <source>Service</source>
   <translation>Servicio</translation>
  </message>
  <message>
   <source>From your material</source>
   <translation>De tu material</translation>
  </message>
  <message>
   <source>Right: {words}</source>
   <translation>Correcto: {words}</translation>
  </message>
  <message>
   <source>Choose one</source>
   <translation>Elige una</translation>
  </message>
  <message>
   <source>True or false</source>
   <translation>Verdadero o falso</translation>
  </message>
  <message>
   <source>Short answer</source>
   <translation>Respuesta corta</translation>
  </message>
  <message>
   <source>Put in order</source>
   <translation>Poner en orden</translation>
  </message>
  <message>
   <source>Match the pairs</source>
   <translation>Unir las parejas</translation>
  </message>
  <message>
   <source>“{quote}” ({where})</source>
   <translation>«{quote}» ({where})</translation>
  </message>
  <message>
   <source>No passage of your material carries this.</source>
   <translation>Ningún pasaje de tu material lo respalda.</translation>
  </message>
  <message>
   <source>{title}, page {page}</source>
   <translation>{title}, página {page}</translation>
  </message>
  <message>
   <source>Made from a template, without AI</source>
   <translation>Hecha con una plantilla, sin IA</translation>
  </message>
  <message>
   <source>Made with {provider}</source>
   <translation>Hecha con {provider}</translation>
  </message>
  <message>
   <source>{count} min</source>
   <translation>{count} min</translation>
  </message>
  <message numerus="yes">
   <source>{count} questions</source>
   <translation>
    <numerusform>{count} pregunta</numerusform>
    <numerusform>{count} preguntas</numerusform>
   </translation>
  </message>
  <message>
   <source>Not verified: no list has it</source>
   <translation>Sin verificar: no está en ninguna lista</translation>
  </message>
  <message>
   <source>Objects</source>
   <translation>Objetos</translation>
  </message>
  <message>
   <source>The script</source>
   <translation>El script</translation>
  </message>
  <message>
   <source>Facts of the object</source>
   <translation>Datos del objeto</translation>
  </message>
  <message>
   <source>Property</source>
   <translation>Propiedad</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Valor</translation>
  </message>
  <message>
   <source>Publish on Roblox?</source>
   <translation>¿Publicar en Roblox?</translation>
  </message>
  <message>
   <source>P&amp;ublish</source>
   <translation>P&amp;ublicar</translation>
  </message>
  <message>
   <source>Universe id</source>
   <translation>Id del universo</translation>
  </message>
  <message>
   <source>Place id</source>
   <translation>Id del lugar</translation>
  </message>
  <message>
   <source>Kept on this computer; type another to change it</source>
   <translation>Guardada en este equipo; escribe otra para cambiarla</translation>
  </message>
  <message>
   <source>Key of Roblox Open Cloud</source>
   <translation>Clave de Roblox Open Cloud</translation>
  </message>
  <message>
   <source>Who gets it</source>
   <translation>Quién la recibe</translation>
  </message>
  <message>
   <source>Note (kept on this computer only)</source>
   <translation>Nota (se guarda solo en este equipo)</translation>
  </message>
  <message>
   <source>Eve&amp;rything else in that place may be replaced</source>
   <translation>&amp;Todo lo demás de ese lugar puede reemplazarse</translation>
  </message>
  <message>
   <source>&amp;I have looked at it, and it may go in</source>
   <translation>&amp;Lo he mirado y puede entrar</translation>
  </message>
  <message>
   <source>I have &amp;looked at the place's versions: it is not there yet</source>
   <translation>He &amp;mirado las versiones del lugar: todavía no está</translation>
  </message>
  <message>
   <source>Both are in the Creator Dashboard, and so is the key: under API keys, for “universe-places” with “Write”.</source>
   <translation>Ambos están en el Creator Dashboard, y también la clave: en API keys, para «universe-places» con «Write».</translation>
  </message>
  <message>
   <source>This lesson may not go into a place. Open it, take out what is named below, and publish again.</source>
   <translation>Esta lección no puede ir a un lugar. Ábrela, quita lo que se nombra abajo y publica de nuevo.</translation>
  </message>
  <message>
   <source>Players, at once</source>
   <translation>Los jugadores, enseguida</translation>
  </message>
  <message>
   <source>Only Studio; players keep what they have</source>
   <translation>Solo Studio; los jugadores siguen con lo que tienen</translation>
  </message>
  <message>
   <source>Saved on Roblox as version {version}; players keep what they have.</source>
   <translation>Guardado en Roblox como versión {version}; los jugadores siguen con lo que tienen.</translation>
  </message>
  <message>
   <source>Published on Roblox as version {version}.</source>
   <translation>Publicado en Roblox como versión {version}.</translation>
  </message>
  <message>
   <source>The last time</source>
   <translation>La última vez</translation>
  </message>
  <message>
   <source>version {version}</source>
   <translation>versión {version}</translation>
  </message>
  <message>
   <source>it did not work</source>
   <translation>no funcionó</translation>
  </message>
  <message>
   <source>nobody knows whether it worked</source>
   <translation>no se sabe si funcionó</translation>
  </message>
  <message>
   <source>{kb} kB</source>
   <translation>{kb} kB</translation>
  </message>
  <message>
   <source>Roblox cannot reach Local school, so the place reports no points.</source>
   <translation>Roblox no puede llegar a la Escuela local, así que el lugar no informa de puntos.</translation>
  </message>
  <message>
   <source>Push to Studio?</source>
   <translation>¿Enviar a Studio?</translation>
  </message>
  <message>
   <source>&amp;Push</source>
   <translation>E&amp;nviar</translation>
  </message>
  <message>
   <source>Studio window</source>
   <translation>Ventana de Studio</translation>
  </message>
  <message>
   <source>What changes in your place</source>
   <translation>Qué cambia en tu lugar</translation>
  </message>
  <message>
   <source>It is read back and checked, and one click takes it out again.</source>
   <translation>Se vuelve a leer y se comprueba, y con un clic se quita.</translation>
  </message>
  <message>
   <source>This lesson may not go into a place. Open it, take out what is named below, and push again.</source>
   <translation>Esta lección no puede entrar en un lugar. Ábrela, quita lo que se nombra abajo y envíala de nuevo.</translation>
  </message>
  <message>
   <source>This lesson is a draft. By pushing it you say that it may be used with students.</source>
   <translation>Esta lección es un borrador. Al enviarla dices que puede usarse con estudiantes.</translation>
  </message>
  <message>
   <source>Goes into “{place}” at once.</source>
   <translation>Entra en “{place}” enseguida.</translation>
  </message>
  <message>
   <source>The lesson belongs to no class, so the place reports no points.</source>
   <translation>La lección no pertenece a ninguna clase, así que el lugar no comunica puntos.</translation>
  </message>
  <message>
   <source>Studio is not open: it waits, and goes in as soon as Studio is there.</source>
   <translation>Studio no está abierto: espera y entra en cuanto Studio esté ahí.</translation>
  </message>
  <message>
   <source>Several Studio windows are open. It goes into the one you choose.</source>
   <translation>Hay varias ventanas de Studio abiertas. Entra en la que elijas.</translation>
  </message>
  <message>
   <source>This lesson went into another place before. It goes into the one chosen here.</source>
   <translation>Esta lección entró antes en otro lugar. Entra en el que se elija aquí.</translation>
  </message>
  <message>
   <source>Points and answers of the players come back to the class.</source>
   <translation>Los puntos y respuestas de los jugadores vuelven a la clase.</translation>
  </message>
  <message>
   <source>The school server cannot be asked now, so this push will not report points. Push again when you are online.</source>
   <translation>Ahora no se puede preguntar al servidor de la escuela, así que este envío no comunicará puntos. Envíala otra vez cuando tengas conexión.</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Nuevo</translation>
  </message>
  <message>
   <source>Of these</source>
   <translation>De ellos</translation>
  </message>
  <message>
   <source>The safety scan found nothing in its scripts.</source>
   <translation>La revisión de seguridad no encontró nada en sus scripts.</translation>
  </message>
  <message>
   <source>an unnamed place</source>
   <translation>un lugar sin nombre</translation>
  </message>
  <message>
   <source>Your answer</source>
   <translation>Tu respuesta</translation>
  </message>
  <message>
   <source>Things to put in order</source>
   <translation>Cosas por ordenar</translation>
  </message>
  <message>
   <source>Move &amp;up</source>
   <translation>&amp;Subir</translation>
  </message>
  <message>
   <source>Move &amp;down</source>
   <translation>&amp;Bajar</translation>
  </message>
  <message>
   <source>&amp;Start again</source>
   <translation>Em&amp;pezar de nuevo</translation>
  </message>
  <message>
   <source>Question {number} of {count} · {kind}</source>
   <translation>Pregunta {number} de {count} · {kind}</translation>
  </message>
  <message>
   <source>&amp;Answer</source>
   <translation>&amp;Responder</translation>
  </message>
  <message>
   <source>The end of the quiz</source>
   <translation>Fin del cuestionario</translation>
  </message>
  <message>
   <source>{points} of {best} points</source>
   <translation>{points} de {best} puntos</translation>
  </message>
  <message numerus="yes">
   <source>{count} answers were not right:</source>
   <translation>
    <numerusform>{count} respuesta no era correcta:</numerusform>
    <numerusform>{count} respuestas no eran correctas:</numerusform>
   </translation>
  </message>
  <message>
   <source>Every answer was right.</source>
   <translation>Todas las respuestas fueron correctas.</translation>
  </message>
  <message>
   <source>Right is: {answer}</source>
   <translation>Lo correcto es: {answer}</translation>
  </message>
  <message>
   <source>That is right.</source>
   <translation>Correcto.</translation>
  </message>
  <message>
   <source>Not yet. Right is: {answer}</source>
   <translation>Todavía no. Lo correcto es: {answer}</translation>
  </message>
  <message>
   <source>&amp;Next</source>
   <translation>&amp;Siguiente</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Elige…</translation>
  </message>
  <message>
   <source>This lesson has no quiz yet.</source>
   <translation>Esta lección todavía no tiene cuestionario.</translation>
  </message>
  <message>
   <source>Choose or write an answer first.</source>
   <translation>Primero elige o escribe una respuesta.</translation>
  </message>
  <message>
   <source>{field}: {old} → {new}</source>
   <translation>{field}: {old} → {new}</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>alguien</translation>
  </message>
  <message>
   <source>on this computer</source>
   <translation>en este equipo</translation>
  </message>
  <message>
   <source>from the server</source>
   <translation>del servidor</translation>
  </message>
  <message>
   <source>{field} changed</source>
   <translation>{field}: cambiado</translation>
  </message>
  <message>
   <source>made</source>
   <translation>creado</translation>
  </message>
  <message>
   <source>deleted</source>
   <translation>eliminado</translation>
  </message>
  <message>
   <source>changed as a whole</source>
   <translation>cambiado por completo</translation>
  </message>
  <message numerus="yes">
   <source>{count} students brought in.</source>
   <translation>
    <numerusform>{count} estudiante incorporado.</numerusform>
    <numerusform>{count} estudiantes incorporados.</numerusform>
   </translation>
  </message>
  <message>
   <source>Changes</source>
   <translation>Cambia</translation>
  </message>
  <message>
   <source>Already here</source>
   <translation>Ya está aquí</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Queda fuera</translation>
  </message>
  <message>
   <source>This is what {name} would change. Nothing is saved yet.</source>
   <translation>Esto es lo que cambiaría {name}. Todavía no se ha guardado nada.</translation>
  </message>
  <message numerus="yes">
   <source>&amp;Import {count} students</source>
   <translation>
    <numerusform>Im&amp;portar {count} estudiante</numerusform>
    <numerusform>Im&amp;portar {count} estudiantes</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing to import</source>
   <translation>Nada que importar</translation>
  </message>
  <message numerus="yes">
   <source>{count} changes wait to be sent.</source>
   <translation>
    <numerusform>{count} cambio espera para enviarse.</numerusform>
    <numerusform>{count} cambios esperan para enviarse.</numerusform>
   </translation>
  </message>
  <message>
   <source>They are safe on this computer.</source>
   <translation>Están a salvo en este equipo.</translation>
  </message>
  <message numerus="yes">
   <source>{count} changes need your decision</source>
   <translation>
    <numerusform>{count} cambio necesita tu decisión</numerusform>
    <numerusform>{count} cambios necesitan tu decisión</numerusform>
   </translation>
  </message>
  <message>
   <source>Both values are below. Yours stays in sight until you decide.</source>
   <translation>Los dos valores están abajo. El tuyo sigue a la vista hasta que decidas.</translation>
  </message>
  <message numerus="yes">
   <source>{count} changes wait</source>
   <translation>
    <numerusform>{count} cambio espera</numerusform>
    <numerusform>{count} cambios esperan</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} changes only here</source>
   <translation>
    <numerusform>{count} cambio solo aquí</numerusform>
    <numerusform>{count} cambios solo aquí</numerusform>
   </translation>
  </message>
  <message>
   <source>Sign in again</source>
   <translation>Inicia sesión de nuevo</translation>
  </message>
  <message>
   <source>Your sign-in has ended. You can go on working; changes wait here until you sign in again.</source>
   <translation>Tu sesión ha terminado. Puedes seguir trabajando; los cambios esperan aquí hasta que inicies sesión de nuevo.</translation>
  </message>
  <message>
   <source>Syncing…</source>
   <translation>Sincronizando…</translation>
  </message>
  <message>
   <source>Syncing now.</source>
   <translation>Sincronizando ahora.</translation>
  </message>
  <message numerus="yes">
   <source>Offline · {count} wait</source>
   <translation>
    <numerusform>Sin conexión · {count} espera</numerusform>
    <numerusform>Sin conexión · {count} esperan</numerusform>
   </translation>
  </message>
  <message>
   <source>Offline</source>
   <translation>Sin conexión</translation>
  </message>
  <message>
   <source>The school's server cannot be reached now.</source>
   <translation>Ahora no se puede llegar al servidor de la escuela.</translation>
  </message>
  <message>
   <source>Some changes were not accepted. They are listed below.</source>
   <translation>Algunos cambios no se aceptaron. Están en la lista de abajo.</translation>
  </message>
  <message>
   <source>Sync needs a look</source>
   <translation>La sincronización pide atención</translation>
  </message>
  <message>
   <source>Everything else is on the server. What you keep only here is listed below.</source>
   <translation>Todo lo demás está en el servidor. Lo que guarda solo aquí figura abajo.</translation>
  </message>
  <message>
   <source>Everything is saved in your Local school. Last checked {when}.</source>
   <translation>Todo está guardado en tu escuela local. Última comprobación: {when}.</translation>
  </message>
  <message>
   <source>Everything is on the server. Last checked {when}.</source>
   <translation>Todo está en el servidor. Última comprobación: {when}.</translation>
  </message>
  <message>
   <source>Not synced yet</source>
   <translation>Aún sin sincronizar</translation>
  </message>
  <message>
   <source>The first sync has not finished yet.</source>
   <translation>La primera sincronización aún no ha terminado.</translation>
  </message>
  <message>
   <source>All saved</source>
   <translation>Todo guardado</translation>
  </message>
  <message>
   <source>Synced</source>
   <translation>Sincronizado</translation>
  </message>
  <message>
   <source>The Companion was closed meanwhile. Begin it again, please.</source>
   <translation>Companion se cerró mientras tanto. Empiézalo de nuevo, por favor.</translation>
  </message>
  <message>
   <source>What was saved before stays, and can be undone.</source>
   <translation>Lo que se guardó antes se queda y se puede deshacer.</translation>
  </message>
  <message>
   <source>It did not work.</source>
   <translation>No ha funcionado.</translation>
  </message>
  <message>
   <source>Waits for Studio</source>
   <translation>Espera a Studio</translation>
  </message>
  <message>
   <source>Asking Studio</source>
   <translation>Preguntando a Studio</translation>
  </message>
  <message>
   <source>Going in</source>
   <translation>Entrando</translation>
  </message>
  <message>
   <source>Needs your decision</source>
   <translation>Necesita tu decisión</translation>
  </message>
  <message>
   <source>Did not work</source>
   <translation>No funcionó</translation>
  </message>
  <message>
   <source>Verified in Studio</source>
   <translation>Verificado en Studio</translation>
  </message>
  <message>
   <source>Taken back</source>
   <translation>Deshecho</translation>
  </message>
  <message>
   <source>Push “{title}” to Studio</source>
   <translation>Enviar «{title}» a Studio</translation>
  </message>
  <message>
   <source>Write a lesson: {title}</source>
   <translation>Escribir una lección: {title}</translation>
  </message>
  <message numerus="yes">
   <source>{count} records taken in</source>
   <translation>
    <numerusform>{count} registro recibido</numerusform>
    <numerusform>{count} registros recibidos</numerusform>
   </translation>
  </message>
  <message>
   <source>Asking the school what is new</source>
   <translation>Preguntando a la escuela qué hay de nuevo</translation>
  </message>
  <message>
   <source>Sync</source>
   <translation>Sincronización</translation>
  </message>
  <message>
   <source>Taken back: {what}.</source>
   <translation>Deshecho: {what}.</translation>
  </message>
  <message numerus="yes">
   <source>{count} changes</source>
   <translation>
    <numerusform>{count} cambio</numerusform>
    <numerusform>{count} cambios</numerusform>
   </translation>
  </message>
  <message>
   <source>Here again: {what}.</source>
   <translation>De nuevo aquí: {what}.</translation>
  </message>
  <message>
   <source>Redo: {what}</source>
   <translation>Rehacer: {what}</translation>
  </message>
  <message>
   <source>It had reached the server, so the opposite was awarded.</source>
   <translation>Ya había llegado al servidor, así que se concedió lo contrario.</translation>
  </message>
  <message numerus="yes">
   <source>{count} changes are in {name}.</source>
   <translation>
    <numerusform>{count} cambio está en {name}.</numerusform>
    <numerusform>{count} cambios están en {name}.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} changes are only on this computer:</source>
   <translation>
    <numerusform>{count} cambio está solo en este equipo:</numerusform>
    <numerusform>{count} cambios están solo en este equipo:</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Save to a file first…</source>
   <translation>&amp;Guardar en un archivo…</translation>
  </message>
  <message>
   <source>These changes may go as well</source>
   <translation>También se pueden borrar</translation>
  </message>
  <message>
   <source>Export unsent work</source>
   <translation>Exportar lo no enviado</translation>
  </message>
  <message>
   <source>(empty)</source>
   <translation>(vacío)</translation>
  </message>
  <message numerus="yes">
   <source>{count} entries</source>
   <translation>
    <numerusform>{count} entrada</numerusform>
    <numerusform>{count} entradas</numerusform>
   </translation>
  </message>
  <message>
   <source>yes</source>
   <translation>sí</translation>
  </message>
  <message>
   <source>no</source>
   <translation>no</translation>
  </message>
  <message>
   <source>(several values)</source>
   <translation>(varios valores)</translation>
  </message>
  <message>
   <source>What differs stands side by side. Bringing one back can be undone.</source>
   <translation>Lo que cambia aparece lado a lado. Recuperar una versión se puede deshacer.</translation>
  </message>
  <message>
   <source>This lesson has not been changed since it was made.</source>
   <translation>Esta lección no ha cambiado desde que se hizo.</translation>
  </message>
  <message>
   <source>Earlier versions</source>
   <translation>Versiones anteriores</translation>
  </message>
  <message>
   <source>&amp;Bring it back</source>
   <translation>&amp;Recuperarla</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Versión</translation>
  </message>
  <message>
   <source>Then</source>
   <translation>Antes</translation>
  </message>
  <message>
   <source>Now</source>
   <translation>Ahora</translation>
  </message>
  <message>
   <source>(not there)</source>
   <translation>(no estaba)</translation>
  </message>
  <message>
   <source>{count} more, unchanged</source>
   <translation>{count} más, sin cambios</translation>
  </message>
  <message numerus="yes">
   <source>{count} days ago</source>
   <translation>
    <numerusform>hace {count} día</numerusform>
    <numerusform>hace {count} días</numerusform>
   </translation>
  </message>
  <message>
   <source>no activity yet</source>
   <translation>sin actividad todavía</translation>
  </message>
  <message>
   <source>no activity for {days} days</source>
   <translation>sin actividad desde hace {days} días</translation>
  </message>
  <message>
   <source>no activity yet and mastery at {share}, below {least}</source>
   <translation>sin actividad todavía y dominio del {share}, por debajo del {least}</translation>
  </message>
  <message>
   <source>no activity for {days} days and mastery at {share}, below {least}</source>
   <translation>sin actividad desde hace {days} días y dominio del {share}, por debajo del {least}</translation>
  </message>
  <message>
   <source>an average of {share} over {graded} graded pieces of work</source>
   <translation>una media del {share} en {graded} trabajos calificados</translation>
  </message>
  <message>
   <source>Mathematics</source>
   <translation>Matemáticas</translation>
  </message>
  <message>
   <source>Science</source>
   <translation>Ciencias</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Lengua</translation>
  </message>
  <message>
   <source>Computing</source>
   <translation>Informática</translation>
  </message>
  <message>
   <source>Classroom</source>
   <translation>Aula</translation>
  </message>
  <message>
   <source>Laboratory</source>
   <translation>Laboratorio</translation>
  </message>
  <message>
   <source>Outdoor</source>
   <translation>Al aire libre</translation>
  </message>
  <message>
   <source>Historical</source>
   <translation>Histórico</translation>
  </message>
  <message>
   <source>Futuristic</source>
   <translation>Futurista</translation>
  </message>
  <message>
   <source>Underwater</source>
   <translation>Submarino</translation>
  </message>
  <message>
   <source>Space station</source>
   <translation>Estación espacial</translation>
  </message>
  <message>
   <source>Fantasy</source>
   <translation>Fantasía</translation>
  </message>
  <message>
   <source>Custom</source>
   <translation>Personalizado</translation>
  </message>
  <message numerus="yes">
   <source>{count} things</source>
   <translation>
    <numerusform>{count} cosa</numerusform>
    <numerusform>{count} cosas</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} students</source>
   <translation>
    <numerusform>{count} estudiante</numerusform>
    <numerusform>{count} estudiantes</numerusform>
   </translation>
  </message>
  <message>
   <source>Kindergarten</source>
   <translation>Jardín de infancia</translation>
  </message>
  <message>
   <source>Grade {level}</source>
   <translation>Grado {level}</translation>
  </message>
  <message>
   <source>never</source>
   <translation>nunca</translation>
  </message>
  <message>
   <source>just now</source>
   <translation>ahora mismo</translation>
  </message>
  <message numerus="yes">
   <source>{count} minutes ago</source>
   <translation>
    <numerusform>hace {count} minuto</numerusform>
    <numerusform>hace {count} minutos</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} hours ago</source>
   <translation>
    <numerusform>hace {count} hora</numerusform>
    <numerusform>hace {count} horas</numerusform>
   </translation>
  </message>
  <message>
   <source>class</source>
   <translation>clase</translation>
  </message>
  <message>
   <source>student</source>
   <translation>estudiante</translation>
  </message>
  <message>
   <source>students</source>
   <translation>estudiantes</translation>
  </message>
  <message>
   <source>lesson</source>
   <translation>lección</translation>
  </message>
  <message>
   <source>lessons</source>
   <translation>lecciones</translation>
  </message>
  <message>
   <source>quiz</source>
   <translation>cuestionario</translation>
  </message>
  <message>
   <source>quizzes</source>
   <translation>cuestionarios</translation>
  </message>
  <message>
   <source>grade</source>
   <translation>calificación</translation>
  </message>
  <message>
   <source>grades</source>
   <translation>calificaciones</translation>
  </message>
  <message>
   <source>XP award</source>
   <translation>entrega de XP</translation>
  </message>
  <message>
   <source>XP awards</source>
   <translation>entregas de XP</translation>
  </message>
  <message>
   <source>badge</source>
   <translation>insignia</translation>
  </message>
  <message>
   <source>badges</source>
   <translation>insignias</translation>
  </message>
  <message>
   <source>badge award</source>
   <translation>entrega de insignia</translation>
  </message>
  <message>
   <source>badge awards</source>
   <translation>entregas de insignias</translation>
  </message>
  <message>
   <source>attendance entry</source>
   <translation>registro de asistencia</translation>
  </message>
  <message>
   <source>attendance entries</source>
   <translation>registros de asistencia</translation>
  </message>
  <message>
   <source>announcement</source>
   <translation>anuncio</translation>
  </message>
  <message>
   <source>announcements</source>
   <translation>anuncios</translation>
  </message>
  <message>
   <source>message</source>
   <translation>mensaje</translation>
  </message>
  <message>
   <source>messages</source>
   <translation>mensajes</translation>
  </message>
  <message>
   <source>Room {room}</source>
   <translation>Aula {room}</translation>
  </message>
  <message>
   <source>Draft</source>
   <translation>Borrador</translation>
  </message>
  <message>
   <source>Approved</source>
   <translation>Aprobada</translation>
  </message>
  <message>
   <source>Put away</source>
   <translation>Archivada</translation>
  </message>
  <message>
   <source>record</source>
   <translation>registro</translation>
  </message>
  <message>
   <source>records</source>
   <translation>registros</translation>
  </message>
  <message>
   <source>new</source>
   <translation>nuevo</translation>
  </message>
  <message numerus="yes">
   <source>{count} to grade</source>
   <translation>
    <numerusform>{count} por calificar</numerusform>
    <numerusform>{count} por calificar</numerusform>
   </translation>
  </message>
  <message>
   <source>Zone {number}: {title}</source>
   <translation>Zona {number}: {title}</translation>
  </message>
  <message>
   <source>How to look at it</source>
   <translation>Cómo verlo</translation>
  </message>
  <message>
   <source>From above</source>
   <translation>Desde arriba</translation>
  </message>
  <message>
   <source>From the side</source>
   <translation>De lado</translation>
  </message>
  <message>
   <source>Nothing is read out on arrival.</source>
   <translation>Al llegar no se lee nada.</translation>
  </message>
  <message>
   <source>The world from above</source>
   <translation>El mundo desde arriba</translation>
  </message>
  <message>
   <source>The world from the side</source>
   <translation>El mundo de lado</translation>
  </message>
  <message numerus="yes">
   <source>{count} zones</source>
   <translation>
    <numerusform>{count} zona</numerusform>
    <numerusform>{count} zonas</numerusform>
   </translation>
  </message>
  <message>
   <source>Drag to move, Ctrl and the wheel to come closer, 0 for everything</source>
   <translation>Arrastra para mover, Ctrl y la rueda para acercarte, 0 para verlo todo</translation>
  </message>
  <message>
   <source>Drag to turn, Ctrl and the wheel to come closer, 0 for everything</source>
   <translation>Arrastra para girar, Ctrl y la rueda para acercarte, 0 para verlo todo</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Hoy</translation>
  </message>
  <message>
   <source>Generate</source>
   <translation>Generar</translation>
  </message>
  <message>
   <source>Studio</source>
   <translation>Studio</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Ajustes</translation>
  </message>
  <message>
   <source>Kept in the keyring; type to change it</source>
   <translation>Guardada en el llavero; escribe para cambiarla</translation>
  </message>
  <message numerus="yes">
   <source>It offers {count} models.</source>
   <translation>
    <numerusform>Ofrece {count} modelo.</numerusform>
    <numerusform>Ofrece {count} modelos.</numerusform>
   </translation>
  </message>
  <message>
   <source>AI provider</source>
   <translation>Proveedor de IA</translation>
  </message>
  <message>
   <source>Who makes your lessons</source>
   <translation>Quién hace tus lecciones</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Dirección</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Clave</translation>
  </message>
  <message>
   <source>Your name at the platform</source>
   <translation>Tu nombre en la plataforma</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modelo</translation>
  </message>
  <message>
   <source>Most tokens for a lesson</source>
   <translation>Máximo de tokens por lección</translation>
  </message>
  <message>
   <source>Most US cents for a lesson</source>
   <translation>Máximo de centavos de dólar por lección</translation>
  </message>
  <message>
   <source>Fetch its m&amp;odels</source>
   <translation>Traer sus m&amp;odelos</translation>
  </message>
  <message>
   <source>Tr&amp;y it</source>
   <translation>Pro&amp;barlo</translation>
  </message>
  <message>
   <source>&amp;Use this provider</source>
   <translation>&amp;Usar este proveedor</translation>
  </message>
  <message>
   <source>The topic, your wishes and your material are sent to this provider; records and names of your students never are, unless you tick it for one lesson.</source>
   <translation>A este proveedor se envían el tema, tus deseos y tu material; nunca los registros ni los nombres de tus estudiantes, salvo que lo marques para una lección.</translation>
  </message>
  <message>
   <source>Asking the provider…</source>
   <translation>Preguntando al proveedor…</translation>
  </message>
  <message>
   <source>Your next lessons are made so.</source>
   <translation>Tus próximas lecciones se harán así.</translation>
  </message>
  <message>
   <source>Password</source>
   <translation>Contraseña</translation>
  </message>
  <message>
   <source>Our templates, without AI</source>
   <translation>Nuestras plantillas, sin IA</translation>
  </message>
  <message>
   <source>Ollama, on this computer</source>
   <translation>Ollama, en este equipo</translation>
  </message>
  <message>
   <source>LM Studio, on this computer</source>
   <translation>LM Studio, en este equipo</translation>
  </message>
  <message>
   <source>llama.cpp, on this computer</source>
   <translation>llama.cpp, en este equipo</translation>
  </message>
  <message>
   <source>Another server that speaks the OpenAI protocol</source>
   <translation>Otro servidor que habla el protocolo de OpenAI</translation>
  </message>
  <message>
   <source>The ToolBoxAI platform</source>
   <translation>La plataforma ToolBoxAI</translation>
  </message>
  <message>
   <source>It answers after {seconds} seconds: “{answer}” ({tokens} tokens, {cost})</source>
   <translation>Responde en {seconds} segundos: «{answer}» ({tokens} tokens, {cost})</translation>
  </message>
  <message>
   <source>Lessons are made by your school's own provider: {model} at {host}.</source>
   <translation>Las lecciones las hace el proveedor de tu escuela: {model} en {host}.</translation>
  </message>
  <message>
   <source>Your school server has no AI provider: lessons come from our templates.</source>
   <translation>El servidor de tu escuela no tiene proveedor de IA: las lecciones salen de nuestras plantillas.</translation>
  </message>
  <message>
   <source>Your school server cannot be reached now to ask who makes lessons there.</source>
   <translation>Ahora no se puede contactar con el servidor de tu escuela para preguntar quién hace allí las lecciones.</translation>
  </message>
  <message>
   <source>{size} MB</source>
   <translation>{size} MB</translation>
  </message>
  <message numerus="yes">
   <source>The copy is in place, and {count} changes wait to be sent.</source>
   <translation>
    <numerusform>La copia está en su sitio y {count} cambio espera para enviarse.</numerusform>
    <numerusform>La copia está en su sitio y {count} cambios esperan para enviarse.</numerusform>
   </translation>
  </message>
  <message>
   <source>Putting the copy back…</source>
   <translation>Restaurando la copia…</translation>
  </message>
  <message>
   <source>Replaced</source>
   <translation>Sustituida</translation>
  </message>
  <message>
   <source>What was here before is among the copies.</source>
   <translation>Lo que había antes está entre las copias.</translation>
  </message>
  <message>
   <source>Part of it could not be read, so check your newest changes.</source>
   <translation>Una parte no se pudo leer; revisa tus cambios más recientes.</translation>
  </message>
  <message>
   <source>Copies of your work</source>
   <translation>Copias de tu trabajo</translation>
  </message>
  <message>
   <source>A copy is made every day, and seven are kept. Putting one back keeps what was not sent, and what is here now becomes a copy too.</source>
   <translation>Cada día se hace una copia y se guardan siete. Al restaurar una se conserva lo que no se ha enviado, y lo que hay ahora pasa a ser otra copia.</translation>
  </message>
  <message>
   <source>Put it back</source>
   <translation>Restaurarla</translation>
  </message>
  <message>
   <source>Copies</source>
   <translation>Copias</translation>
  </message>
  <message>
   <source>Reading the copies…</source>
   <translation>Leyendo las copias…</translation>
  </message>
  <message>
   <source>There is no copy yet.</source>
   <translation>Todavía no hay ninguna copia.</translation>
  </message>
  <message>
   <source>Erase a student from this computer</source>
   <translation>Borrar a un estudiante de este equipo</translation>
  </message>
  <message>
   <source>Everything about one student goes from here: grades, attendance, XP, the history, and every copy. This cannot be undone.</source>
   <translation>Todo lo de un estudiante desaparece de aquí: notas, asistencia, XP, el historial y todas las copias. No se puede deshacer.</translation>
  </message>
  <message>
   <source>Erase from this computer</source>
   <translation>Borrar de este equipo</translation>
  </message>
  <message>
   <source>Find a student</source>
   <translation>Buscar a un estudiante</translation>
  </message>
  <message>
   <source>Part of the name</source>
   <translation>Parte del nombre</translation>
  </message>
  <message>
   <source>Students</source>
   <translation>Estudiantes</translation>
  </message>
  <message>
   <source>{name} is erased from this computer and its copies.</source>
   <translation>{name} se ha borrado de este equipo y de sus copias.</translation>
  </message>
  <message>
   <source>Everything comes from the school once more.</source>
   <translation>Todo vuelve a llegar de la escuela.</translation>
  </message>
  <message numerus="yes">
   <source>{count} other accounts</source>
   <translation>
    <numerusform>{count} cuenta más</numerusform>
    <numerusform>{count} cuentas más</numerusform>
   </translation>
  </message>
  <message>
   <source>Local school, which is on this computer too, keeps its own record of them.</source>
   <translation>La escuela local, que también está en este equipo, conserva sus propios datos del estudiante.</translation>
  </message>
  <message>
   <source>What the school has stays at the school. If it changes there later, it comes back here.</source>
   <translation>Lo que tiene la escuela se queda en la escuela. Si allí cambia más adelante, vuelve a llegar aquí.</translation>
  </message>
  <message>
   <source>Erased from this computer.</source>
   <translation>Borrado de este equipo.</translation>
  </message>
  <message>
   <source>Erasing…</source>
   <translation>Borrando…</translation>
  </message>
  <message>
   <source>Everything stays on this computer, and is here again when you come back.</source>
   <translation>Todo se queda en este equipo y estará aquí cuando vuelvas.</translation>
  </message>
  <message>
   <source>Your classes, grades and lessons are only in Local school on this computer. They would be gone for good.</source>
   <translation>Tus clases, notas y lecciones están solo en la escuela local de este equipo. Se perderían para siempre.</translation>
  </message>
  <message>
   <source>What reached {server} stays there, and comes back when you sign in again.</source>
   <translation>Lo que llegó a {server} se queda allí y vuelve cuando inicies sesión de nuevo.</translation>
  </message>
  <message>
   <source>This account and {others}. What they have not sent would be gone for good; sign in to each first to see it.</source>
   <translation>Esta cuenta y {others}. Lo que no hayan enviado se perdería para siempre; inicia antes sesión en cada una para verlo.</translation>
  </message>
  <message>
   <source>Write it down and keep it safe: it opens the work on this computer should the keyring be lost, for whoever has both.</source>
   <translation>Anótelo y guárdelo bien: abre el trabajo de este equipo si se pierde el llavero, a quien tenga ambas cosas.</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>En este equipo</translation>
  </message>
  <message>
   <source>Recovery code</source>
   <translation>Código de recuperación</translation>
  </message>
  <message>
   <source>Opens the work on this computer should its keyring be lost.</source>
   <translation>Abre el trabajo de este equipo si se pierde su llavero.</translation>
  </message>
  <message>
   <source>Copied. The newest seven copies are kept.</source>
   <translation>Copiado. Se guardan las siete copias más recientes.</translation>
  </message>
  <message>
   <source>I have it</source>
   <translation>Lo tengo</translation>
  </message>
  <message>
   <source>Show the &amp;recovery code…</source>
   <translation>Mostrar el código de &amp;recuperación…</translation>
  </message>
  <message>
   <source>One is made every day, and seven are kept.</source>
   <translation>Cada día se hace una y se guardan siete.</translation>
  </message>
  <message>
   <source>Something is missing</source>
   <translation>Falta algo</translation>
  </message>
  <message>
   <source>Asks the school for everything once more. What waits here stays.</source>
   <translation>Pide todo de nuevo a la escuela. Lo que espera aquí se queda.</translation>
  </message>
  <message>
   <source>A student leaves</source>
   <translation>Un estudiante se va</translation>
  </message>
  <message>
   <source>Takes one student off this computer. What the school has stays there.</source>
   <translation>Quita a un estudiante de este equipo. Lo que tiene la escuela se queda allí.</translation>
  </message>
  <message>
   <source>Make a copy of your work</source>
   <translation>Hacer una copia de tu trabajo</translation>
  </message>
  <message>
   <source>Fetch everything again</source>
   <translation>Pedir todo de nuevo</translation>
  </message>
  <message>
   <source>Make a &amp;copy now</source>
   <translation>Hacer una &amp;copia ahora</translation>
  </message>
  <message>
   <source>&amp;Put a copy back…</source>
   <translation>&amp;Restaurar una copia…</translation>
  </message>
  <message>
   <source>Fe&amp;tch everything again</source>
   <translation>&amp;Pedir todo de nuevo</translation>
  </message>
  <message>
   <source>Erase a &amp;student…</source>
   <translation>&amp;Borrar a un estudiante…</translation>
  </message>
  <message>
   <source>Leave this account</source>
   <translation>Salir de esta cuenta</translation>
  </message>
  <message>
   <source>Leave</source>
   <translation>Salir</translation>
  </message>
  <message>
   <source>I know that it cannot be brought back</source>
   <translation>Sé que no se puede recuperar</translation>
  </message>
  <message>
   <source>&amp;Keep what is on this computer</source>
   <translation>&amp;Conservar lo que hay en este equipo</translation>
  </message>
  <message>
   <source>Erase this acco&amp;unt from this computer</source>
   <translation>&amp;Borrar esta cuenta de este equipo</translation>
  </message>
  <message>
   <source>Erase</source>
   <translation>Borrar</translation>
  </message>
  <message>
   <source>Erase every a&amp;ccount from this computer</source>
   <translation>Borrar &amp;todas las cuentas de este equipo</translation>
  </message>
  <message>
   <source>Your plan</source>
   <translation>Tu plan</translation>
  </message>
  <message>
   <source>&amp;Choose a plan…</source>
   <translation>Ele&amp;gir un plan…</translation>
  </message>
  <message>
   <source>Change or end the pl&amp;an…</source>
   <translation>Cambiar o te&amp;rminar el plan…</translation>
  </message>
  <message>
   <source>Choose a plan</source>
   <translation>Elige un plan</translation>
  </message>
  <message>
   <source>You pay on a page of the payment service, in your browser. No card number comes near this app.</source>
   <translation>Se paga en una página del servicio de pagos, en tu navegador. Ningún número de tarjeta pasa por esta aplicación.</translation>
  </message>
  <message>
   <source>Open the page</source>
   <translation>Abrir la página</translation>
  </message>
  <message>
   <source>Plans</source>
   <translation>Planes</translation>
  </message>
  <message>
   <source>The page is open in your browser. What you change there shows here.</source>
   <translation>La página está abierta en tu navegador. Lo que cambies allí se verá aquí.</translation>
  </message>
  <message>
   <source>No browser could be opened. The page is {url}</source>
   <translation>No se pudo abrir ningún navegador. La página es {url}</translation>
  </message>
  <message numerus="yes">
   <source>{count} lessons a day</source>
   <translation>
    <numerusform>{count} lección al día</numerusform>
    <numerusform>{count} lecciones al día</numerusform>
   </translation>
  </message>
  <message>
   <source>This school is free. Nothing is billed.</source>
   <translation>Esta escuela es gratuita. No se cobra nada.</translation>
  </message>
  <message>
   <source>The last payment did not go through. Check the payment details.</source>
   <translation>El último pago no se pudo completar. Revisa los datos de pago.</translation>
  </message>
  <message>
   <source>Nothing is paid for at the moment.</source>
   <translation>Por ahora no hay ningún plan de pago.</translation>
  </message>
  <message>
   <source>Paid until {day}, and renewed then.</source>
   <translation>Pagado hasta el {day}; ese día se renueva.</translation>
  </message>
  <message>
   <source>It is paid for.</source>
   <translation>Está pagado.</translation>
  </message>
  <message>
   <source>Lessons made by the school today: {used} of {limit}</source>
   <translation>Lecciones que la escuela ha preparado hoy: {used} de {limit}</translation>
  </message>
  <message>
   <source>It ends on {day}, and is free from then on.</source>
   <translation>Termina el {day}; a partir de entonces es gratuito.</translation>
  </message>
  <message>
   <source>It ends soon, and is free from then on.</source>
   <translation>Termina pronto; a partir de entonces es gratuito.</translation>
  </message>
  <message>
   <source>The plan shows here as soon as the school answers.</source>
   <translation>El plan se verá aquí en cuanto la escuela responda.</translation>
  </message>
  <message>
   <source>Free</source>
   <translation>Gratuito</translation>
  </message>
  <message numerus="yes">
   <source>{count} records</source>
   <translation>
    <numerusform>{count} registro</numerusform>
    <numerusform>{count} registros</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} copies</source>
   <translation>
    <numerusform>{count} copia</numerusform>
    <numerusform>{count} copias</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} changes not sent yet</source>
   <translation>
    <numerusform>{count} cambio sin enviar</numerusform>
    <numerusform>{count} cambios sin enviar</numerusform>
   </translation>
  </message>
  <message>
   <source>Encrypted. The key is in this computer's keyring.</source>
   <translation>Cifrado. La clave está en el llavero de este equipo.</translation>
  </message>
  <message>
   <source>Not encrypted: this computer has no keyring to keep a key in.</source>
   <translation>Sin cifrar: este equipo no tiene un llavero donde guardar la clave.</translation>
  </message>
  <message>
   <source>Everything lies in {folder}</source>
   <translation>Todo está en {folder}</translation>
  </message>
  <message numerus="yes">
   <source>{count} older states put aside</source>
   <translation>
    <numerusform>{count} estado anterior apartado</numerusform>
    <numerusform>{count} estados anteriores apartados</numerusform>
   </translation>
  </message>
  <message>
   <source>Local school, on this computer</source>
   <translation>Escuela local, en este equipo</translation>
  </message>
  <message>
   <source>Roblox Studio</source>
   <translation>Roblox Studio</translation>
  </message>
  <message>
   <source>How lessons get into Studio</source>
   <translation>Cómo llegan las lecciones a Studio</translation>
  </message>
  <message>
   <source>Not tried against every version of Studio</source>
   <translation>No probado con todas las versiones de Studio</translation>
  </message>
  <message>
   <source>See whether it is the&amp;re</source>
   <translation>Ver si está a&amp;hí</translation>
  </message>
  <message>
   <source>Choose a&amp;nother program…</source>
   <translation>Elegir otro progra&amp;ma…</translation>
  </message>
  <message>
   <source>Use Studio's o&amp;wn again</source>
   <translation>Volver a&amp;l de Studio</translation>
  </message>
  <message>
   <source>Looking…</source>
   <translation>Buscando…</translation>
  </message>
  <message>
   <source>Choose the program of Studio's server</source>
   <translation>Elige el programa del servidor de Studio</translation>
  </message>
  <message>
   <source>Our plugin</source>
   <translation>Nuestro complemento</translation>
  </message>
  <message>
   <source>Studio's own server</source>
   <translation>El servidor de Studio</translation>
  </message>
  <message>
   <source>For schools that allow no plugins. You see the same changes before they happen, everything is read back, and one click takes it out again.</source>
   <translation>Para escuelas que no permiten complementos. Verás los mismos cambios antes de que ocurran, todo se vuelve a leer, y un clic lo retira de nuevo.</translation>
  </message>
  <message numerus="yes">
   <source>The server is there, and {count} Studios are open.</source>
   <translation>
    <numerusform>El servidor está ahí, y hay {count} Studio abierto.</numerusform>
    <numerusform>El servidor está ahí, y hay {count} Studios abiertos.</numerusform>
   </translation>
  </message>
  <message>
   <source>The server is there. Open a place in Studio, and lessons can go in.</source>
   <translation>El servidor está ahí. Abre un lugar en Studio y las lecciones podrán entrar.</translation>
  </message>
  <message>
   <source>The program is {program}</source>
   <translation>El programa es {program}</translation>
  </message>
  <message>
   <source>The program is the one that came with Studio.</source>
   <translation>El programa es el que vino con Studio.</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Apariencia</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>Tamaño del texto</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>Movimiento</translation>
  </message>
  <message>
   <source>Language of the window</source>
   <translation>Idioma de la ventana</translation>
  </message>
  <message>
   <source>Looks</source>
   <translation>Aspecto</translation>
  </message>
  <message>
   <source>&amp;Leave this account…</source>
   <translation>&amp;Salir de esta cuenta…</translation>
  </message>
  <message>
   <source>Account</source>
   <translation>Cuenta</translation>
  </message>
  <message>
   <source>the language of your system</source>
   <translation>el idioma de tu sistema</translation>
  </message>
  <message>
   <source>The window speaks {language} from its next start.</source>
   <translation>La ventana hablará {language} la próxima vez que se abra.</translation>
  </message>
  <message>
   <source>Teacher Companion {version}</source>
   <translation>Teacher Companion {version}</translation>
  </message>
  <message>
   <source>Like the system</source>
   <translation>Como el sistema</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Claro</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Oscuro</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Alto contraste</translation>
  </message>
  <message>
   <source>As little as can be</source>
   <translation>El mínimo posible</translation>
  </message>
  <message>
   <source>Version {version}. Your classes, lessons and grades, on your own computer.</source>
   <translation>Versión {version}. Tus clases, lecciones y calificaciones, en tu propio equipo.</translation>
  </message>
  <message>
   <source>Teacher Companion</source>
   <translation>Teacher Companion</translation>
  </message>
  <message>
   <source>Drop it here</source>
   <translation>Suéltalo aquí</translation>
  </message>
  <message>
   <source>A class list (CSV, Excel or OneRoster) or a lesson. You see what it changes before anything is saved.</source>
   <translation>Una lista de clase (CSV, Excel o OneRoster) o una lección. Ves qué cambia antes de guardar nada.</translation>
  </message>
  <message>
   <source>&amp;Try again</source>
   <translation>Volver a in&amp;tentarlo</translation>
  </message>
  <message>
   <source>Go &amp;back</source>
   <translation>Volver at&amp;rás</translation>
  </message>
  <message>
   <source>Copy &amp;details</source>
   <translation>Copiar los &amp;detalles</translation>
  </message>
  <message>
   <source>This page does not open</source>
   <translation>Esta página no se abre</translation>
  </message>
  <message>
   <source>Something is wrong with it</source>
   <translation>Algo le pasa</translation>
  </message>
  <message>
   <source>One moment…</source>
   <translation>Un momento…</translation>
  </message>
  <message>
   <source>Begin anew</source>
   <translation>Empezar de nuevo</translation>
  </message>
  <message>
   <source>What the school has comes from there again. Changes that were never sent stay in the locked work, which is kept beside and opens with its recovery code only.</source>
   <translation>Lo que tiene la escuela vuelve a llegar de allí. Los cambios que nunca se enviaron se quedan en el trabajo bloqueado, que se conserva aparte y solo se abre con su código de recuperación.</translation>
  </message>
  <message>
   <source>Preparing the sample school…</source>
   <translation>Preparando la escuela de muestra…</translation>
  </message>
  <message>
   <source>Opening your school…</source>
   <translation>Abriendo tu escuela…</translation>
  </message>
  <message>
   <source>Signing in…</source>
   <translation>Iniciando sesión…</translation>
  </message>
  <message>
   <source>Unlocking…</source>
   <translation>Desbloqueando…</translation>
  </message>
  <message>
   <source>Putting the locked work aside…</source>
   <translation>Apartando el trabajo bloqueado…</translation>
  </message>
  <message>
   <source>Closing…</source>
   <translation>Cerrando…</translation>
  </message>
  <message>
   <source>Local school</source>
   <translation>Escuela local</translation>
  </message>
  <message>
   <source>Studio connected</source>
   <translation>Studio conectado</translation>
  </message>
  <message>
   <source>Studio closed · a push waits</source>
   <translation>Studio cerrado · un envío espera</translation>
  </message>
  <message>
   <source>Studio not open</source>
   <translation>Studio no está abierto</translation>
  </message>
  <message>
   <source>Go to anything</source>
   <translation>Ir a cualquier cosa</translation>
  </message>
  <message>
   <source>A student, a class, a lesson, or what you want to do</source>
   <translation>Un estudiante, una clase, una lección o lo que quieras hacer</translation>
  </message>
  <message>
   <source>Where to, or what to do?</source>
   <translation>¿Adónde ir o qué hacer?</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Encontrado</translation>
  </message>
  <message>
   <source>On this page</source>
   <translation>En esta página</translation>
  </message>
  <message>
   <source>The first {most} were taken in. Bring the others afterwards.</source>
   <translation>Se han recibido los primeros {most}. Trae los demás después.</translation>
  </message>
  <message>
   <source>What this link leads to is not on this computer. If it is new, sync and try again.</source>
   <translation>Aquello a lo que lleva este enlace no está en este equipo. Si es nuevo, sincroniza e inténtalo de nuevo.</translation>
  </message>
  <message>
   <source>“{name}” is neither a class list (CSV, Excel, or a OneRoster zip) nor a lesson (.toolbox or JSON), so it was left alone.</source>
   <translation>«{name}» no es ni una lista de clase (CSV, Excel o un zip de OneRoster) ni una lección (.toolbox o JSON), así que no se ha tocado.</translation>
  </message>
  <message>
   <source>On to the next thing, and with Shift back</source>
   <translation>Al siguiente elemento; con Mayús, al anterior</translation>
  </message>
  <message>
   <source>Open the row, or press what has the focus</source>
   <translation>Abrir la fila o pulsar lo que tiene el foco</translation>
  </message>
  <message>
   <source>Close what lies over the window</source>
   <translation>Cerrar lo que está sobre la ventana</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>En todas partes</translation>
  </message>
  <message>
   <source>Go to…</source>
   <translation>Ir a…</translation>
  </message>
  <message>
   <source>Go to anything (Ctrl+K)</source>
   <translation>Ir a cualquier sitio (Ctrl+K)</translation>
  </message>
  <message>
   <source>Companion</source>
   <translation>Companion</translation>
  </message>
  <message>
   <source>{title} (Ctrl+{number})</source>
   <translation>{title} (Ctrl+{number})</translation>
  </message>
  <message>
   <source>Your classes</source>
   <translation>Tus clases</translation>
  </message>
  <message>
   <source>Bring a class list here, or drop the file anywhere onto this window. You see what it changes before anything is saved.</source>
   <translation>Trae aquí una lista de clase o suelta el archivo en cualquier parte de esta ventana. Ves qué cambia antes de guardar nada.</translation>
  </message>
  <message>
   <source>A lesson from one sentence</source>
   <translation>Una lección a partir de una frase</translation>
  </message>
  <message>
   <source>Say what it is about and for which grade. You read all of it before it is kept.</source>
   <translation>Di de qué trata y para qué grado. La lees entera antes de guardarla.</translation>
  </message>
  <message>
   <source>Into Roblox Studio</source>
   <translation>A Roblox Studio</translation>
  </message>
  <message>
   <source>A finished lesson goes in with one click, is read back, and comes out again with one more. Without Studio here there is a practice one.</source>
   <translation>Una lección terminada entra con un clic, se comprueba leyéndola y sale con otro más. Si aquí no hay Studio, hay uno de práctica.</translation>
  </message>
  <message>
   <source>Nothing gets lost</source>
   <translation>Nada se pierde</translation>
  </message>
  <message>
   <source>With or without a network you work as always. Here it says what is saved and what still waits; Ctrl+Z takes back whatever you did last.</source>
   <translation>Con red o sin ella trabajas como siempre. Aquí pone qué está guardado y qué espera todavía; Ctrl+Z deshace lo último que hiciste.</translation>
  </message>
  <message>
   <source>Find anything</source>
   <translation>Encuentra cualquier cosa</translation>
  </message>
  <message>
   <source>Ctrl+K and a few letters: students, classes, lessons, and everything that can be done. F1 explains the page you are on.</source>
   <translation>Ctrl+K y unas letras: estudiantes, clases, lecciones y todo lo que se puede hacer. F1 explica la página en la que estás.</translation>
  </message>
  <message>
   <source>Skip the tour</source>
   <translation>Saltar la visita</translation>
  </message>
  <message>
   <source>{at} of {all}</source>
   <translation>{at} de {all}</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Siguiente</translation>
  </message>
  <message>
   <source>The Companion was updated to {version}.</source>
   <translation>Companion se ha actualizado a la versión {version}.</translation>
  </message>
  <message>
   <source>Checked</source>
   <translation>Revisado</translation>
  </message>
  <message>
   <source>You changed it</source>
   <translation>Lo cambiaste tú</translation>
  </message>
  <message>
   <source>Not possible</source>
   <translation>No es posible</translation>
  </message>
  <message>
   <source>Stays</source>
   <translation>Se queda</translation>
  </message>
  <message>
   <source>Planned</source>
   <translation>Previsto</translation>
  </message>
  <message>
   <source>Open Roblox Studio and a place. What you push meanwhile waits here.</source>
   <translation>Abre Roblox Studio y un lugar. Lo que envíes mientras tanto espera aquí.</translation>
  </message>
  <message>
   <source>The plugin is installed in {folder}. Restart Studio if it is open.</source>
   <translation>El complemento está instalado en {folder}. Reinicia Studio si está abierto.</translation>
  </message>
  <message>
   <source>in {place}</source>
   <translation>en {place}</translation>
  </message>
  <message>
   <source>&amp;Install the plugin again</source>
   <translation>I&amp;nstalar de nuevo el complemento</translation>
  </message>
  <message>
   <source>&amp;Install the plugin</source>
   <translation>I&amp;nstalar el complemento</translation>
  </message>
  <message>
   <source>Close the &amp;practice Studio</source>
   <translation>Cerrar el Studio de &amp;práctica</translation>
  </message>
  <message>
   <source>Open a &amp;practice Studio</source>
   <translation>Abrir un Studio de &amp;práctica</translation>
  </message>
  <message>
   <source>Install our plugin once; from then on Studio finds the Companion by itself. Without Roblox Studio here, open the practice Studio. Where plugins are not allowed, Settings has another way.</source>
   <translation>Instala nuestro complemento una vez; desde entonces Studio encuentra Companion por sí mismo. Sin Roblox Studio aquí, abre el Studio de práctica. Donde no se permiten complementos, Ajustes ofrece otro camino.</translation>
  </message>
  <message>
   <source>Install the plugin again, and restart Studio. What you push meanwhile waits here.</source>
   <translation>Instala el complemento otra vez y reinicia Studio. Lo que envíes mientras tanto espera aquí.</translation>
  </message>
  <message>
   <source>Studio is not open</source>
   <translation>Studio no está abierto</translation>
  </message>
  <message>
   <source>Lessons go in by the server that Studio ships. What you push meanwhile waits here.</source>
   <translation>Las lecciones entran por el servidor que trae Studio. Lo que envíes mientras tanto espera aquí.</translation>
  </message>
  <message>
   <source>Studio is not connected</source>
   <translation>Studio no está conectado</translation>
  </message>
  <message>
   <source>The lesson is no longer in your library, so its scripts cannot be shown.</source>
   <translation>La lección ya no está en tu biblioteca, así que sus scripts no se pueden mostrar.</translation>
  </message>
  <message>
   <source>Keep yours, put ours beside it</source>
   <translation>Conservar lo tuyo y poner lo nuestro al lado</translation>
  </message>
  <message>
   <source>Replace yours (a copy is kept)</source>
   <translation>Reemplazar lo tuyo (se guarda una copia)</translation>
  </message>
  <message>
   <source>Keep yours, leave ours out</source>
   <translation>Conservar lo tuyo y dejar fuera lo nuestro</translation>
  </message>
  <message>
   <source>Studio cannot reach the Companion</source>
   <translation>Studio no puede llegar a Companion</translation>
  </message>
  <message>
   <source>Open there: {names}. Lessons go in by Studio's own server.</source>
   <translation>Abierto allí: {names}. Las lecciones entran por el servidor de Studio.</translation>
  </message>
  <message>
   <source>Open there: {names}.</source>
   <translation>Abierto allí: {names}.</translation>
  </message>
  <message>
   <source>Studio is connected</source>
   <translation>Studio está conectado</translation>
  </message>
  <message>
   <source>Studio does not know the Companion yet</source>
   <translation>Studio aún no conoce a Companion</translation>
  </message>
  <message>
   <source>The plugin in Studio is not let in</source>
   <translation>El complemento de Studio no puede entrar</translation>
  </message>
  <message>
   <source>The plugin in Studio is of another version</source>
   <translation>El complemento de Studio es de otra versión</translation>
  </message>
  <message>
   <source>Looking for Studio's own server</source>
   <translation>Buscando el servidor de Studio</translation>
  </message>
  <message>
   <source>Practice place</source>
   <translation>Lugar de práctica</translation>
  </message>
  <message>
   <source>checked there, in {seconds} s</source>
   <translation>comprobado allí, en {seconds} s</translation>
  </message>
  <message>
   <source>checked there</source>
   <translation>comprobado allí</translation>
  </message>
  <message>
   <source>goes in as soon as Studio is open</source>
   <translation>entra en cuanto Studio esté abierto</translation>
  </message>
  <message>
   <source>The safety scan asks you to look at its scripts once.</source>
   <translation>La revisión de seguridad te pide mirar sus scripts una vez.</translation>
  </message>
  <message>
   <source>several Studio windows are open: choose one</source>
   <translation>hay varias ventanas de Studio abiertas: elige una</translation>
  </message>
  <message>
   <source>Nothing pushed yet</source>
   <translation>Todavía no se ha enviado nada</translation>
  </message>
  <message>
   <source>Open a lesson and choose “Push to Studio”. You see what will change before anything does, and one click takes it back.</source>
   <translation>Abre una lección y elige “Enviar a Studio”. Ves lo que cambiará antes de que cambie nada, y con un clic se deshace.</translation>
  </message>
  <message>
   <source>“{title}” is out of the place again.</source>
   <translation>“{title}” ya no está en el lugar.</translation>
  </message>
  <message>
   <source>Runs our real plugin on this computer, without Roblox, so you can try it</source>
   <translation>Ejecuta nuestro complemento real en este equipo, sin Roblox, para que lo pruebes</translation>
  </message>
  <message>
   <source>Open lessons</source>
   <translation>Abrir lecciones</translation>
  </message>
  <message>
   <source>Show what</source>
   <translation>Mostrar qué</translation>
  </message>
  <message>
   <source>Hide what</source>
   <translation>Ocultar qué</translation>
  </message>
  <message>
   <source>Send to “{place}”</source>
   <translation>Enviar a “{place}”</translation>
  </message>
  <message>
   <source>&amp;Undo in Studio</source>
   <translation>&amp;Deshacer en Studio</translation>
  </message>
  <message>
   <source>Undo in Studio: {title}</source>
   <translation>Deshacer en Studio: {title}</translation>
  </message>
  <message>
   <source>Try again: {title}</source>
   <translation>Reintentar: {title}</translation>
  </message>
  <message>
   <source>Use this</source>
   <translation>Usar esto</translation>
  </message>
  <message>
   <source>Use this for {title}</source>
   <translation>Usar esto para {title}</translation>
  </message>
  <message>
   <source>Keep mine</source>
   <translation>Conservar lo mío</translation>
  </message>
  <message>
   <source>Send it after all</source>
   <translation>Enviarlo de todos modos</translation>
  </message>
  <message>
   <source>Keep only here</source>
   <translation>Guardar solo aquí</translation>
  </message>
  <message>
   <source>Give up</source>
   <translation>Abandonar</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Abrir</translation>
  </message>
  <message>
   <source>It was {base} ({author}, {when}). You and {who} both changed it. Which should hold?</source>
   <translation>Era {base} ({author}, {when}). Lo cambiaron {who} y tú. ¿Cuál debe quedar?</translation>
  </message>
  <message>
   <source>You are signed in again.</source>
   <translation>Has vuelto a iniciar sesión.</translation>
  </message>
  <message>
   <source>Nothing new</source>
   <translation>Nada nuevo</translation>
  </message>
  <message numerus="yes">
   <source>{count} times</source>
   <translation>
    <numerusform>{count} vez</numerusform>
    <numerusform>{count} veces</numerusform>
   </translation>
  </message>
  <message>
   <source>On its way.</source>
   <translation>En camino.</translation>
  </message>
  <message>
   <source>Goes with the next round.</source>
   <translation>Va en la próxima ronda.</translation>
  </message>
  <message>
   <source>someone else</source>
   <translation>otra persona</translation>
  </message>
  <message>
   <source>Take what {who} wrote</source>
   <translation>Tomar lo que escribió {who}</translation>
  </message>
  <message>
   <source>You and {who} both changed it. Which should hold?</source>
   <translation>Lo cambiaron {who} y tú. ¿Cuál debe quedar?</translation>
  </message>
  <message>
   <source>It was {base}. You and {who} both changed it. Which should hold?</source>
   <translation>Era {base}. Lo cambiaron {who} y tú. ¿Cuál debe quedar?</translation>
  </message>
  <message>
   <source>you</source>
   <translation>tú</translation>
  </message>
  <message numerus="yes">
   <source>{count} decided.</source>
   <translation>
    <numerusform>{count} decidido.</numerusform>
    <numerusform>{count} decididos.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} sent</source>
   <translation>
    <numerusform>{count} enviado</numerusform>
    <numerusform>{count} enviados</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} received</source>
   <translation>
    <numerusform>{count} recibido</numerusform>
    <numerusform>{count} recibidos</numerusform>
   </translation>
  </message>
  <message>
   <source>You deleted this, and {who} changed it since. Which should hold?</source>
   <translation>Lo eliminaste y {who} lo cambió después. ¿Cuál debe quedar?</translation>
  </message>
  <message>
   <source>You changed this, and {who} deleted it. Which should hold?</source>
   <translation>Lo cambiaste y {who} lo eliminó. ¿Cuál debe quedar?</translation>
  </message>
  <message>
   <source>(deleted)</source>
   <translation>(borrado)</translation>
  </message>
  <message>
   <source>keep it as it is here</source>
   <translation>dejarlo como está aquí</translation>
  </message>
  <message>
   <source>keep it as it is there</source>
   <translation>dejarlo como está allí</translation>
  </message>
  <message>
   <source>It goes now.</source>
   <translation>Se envía ahora.</translation>
  </message>
  <message>
   <source>Something from the server could not be read: {what}</source>
   <translation>Algo del servidor no se pudo leer: {what}</translation>
  </message>
  <message>
   <source>It is not sent until you say so.</source>
   <translation>No se envía hasta que tú lo digas.</translation>
  </message>
  <message numerus="yes">
   <source>{count} merged</source>
   <translation>
    <numerusform>{count} combinado</numerusform>
    <numerusform>{count} combinados</numerusform>
   </translation>
  </message>
  <message>
   <source>The server gave no reason.</source>
   <translation>El servidor no dio ningún motivo.</translation>
  </message>
  <message>
   <source>The rest goes on. It is asked for again when it changes there.</source>
   <translation>Lo demás sigue su curso. Se volverá a pedir cuando cambie allí.</translation>
  </message>
  <message>
   <source>Kept only here. It is not sent until you say so.</source>
   <translation>Guardado solo aquí. No se envía hasta que tú lo digas.</translation>
  </message>
  <message>
   <source>Given up.</source>
   <translation>Descartado.</translation>
  </message>
  <message>
   <source>As {who} at {where}. What waits here stays and is sent afterwards.</source>
   <translation>Como {who} en {where}. Lo que espera aquí se queda y se envía después.</translation>
  </message>
  <message>
   <source>Sign in</source>
   <translation>Iniciar sesión</translation>
  </message>
  <message>
   <source>Sync &amp;now</source>
   <translation>Sincroni&amp;zar ahora</translation>
  </message>
  <message>
   <source>E&amp;xport unsent work…</source>
   <translation>E&amp;xportar lo no enviado…</translation>
  </message>
  <message>
   <source>Sign &amp;in again…</source>
   <translation>Iniciar &amp;sesión de nuevo…</translation>
  </message>
  <message>
   <source>Several decisions</source>
   <translation>Varias decisiones</translation>
  </message>
  <message>
   <source>Not accepted by the server</source>
   <translation>No aceptado por el servidor</translation>
  </message>
  <message>
   <source>Kept only on this computer</source>
   <translation>Solo en este equipo</translation>
  </message>
  <message>
   <source>The last rounds</source>
   <translation>Las últimas rondas</translation>
  </message>
  <message numerus="yes">
   <source>Show more ({count} more)</source>
   <translation>
    <numerusform>Mostrar más ({count} más)</numerusform>
    <numerusform>Mostrar más ({count} más)</numerusform>
   </translation>
  </message>
  <message>
   <source>Decided. The other value stays in the history.</source>
   <translation>Decidido. El otro valor queda en el historial.</translation>
  </message>
  <message>
   <source>Sync now (F5)</source>
   <translation>Sincronizar ahora (F5)</translation>
  </message>
  <message>
   <source>Decide each below, or all of them alike. Undo brings the questions back.</source>
   <translation>Decide cada una abajo, o todas por igual. Deshacer devuelve las preguntas.</translation>
  </message>
  <message>
   <source>This has no page of its own.</source>
   <translation>Esto no tiene página propia.</translation>
  </message>
  <message>
   <source>Export unsent work into {name}</source>
   <translation>Exportar lo no enviado a {name}</translation>
  </message>
  <message>
   <source>Keep mine everywhere</source>
   <translation>Conservar lo mío en todo</translation>
  </message>
  <message>
   <source>Take theirs everywhere</source>
   <translation>Tomar lo de los demás en todo</translation>
  </message>
  <message numerus="yes">
   <source>about {count} minutes left</source>
   <translation>
    <numerusform>falta alrededor de {count} minuto</numerusform>
    <numerusform>faltan unos {count} minutos</numerusform>
   </translation>
  </message>
  <message>
   <source>Running</source>
   <translation>En marcha</translation>
  </message>
  <message>
   <source>Waits</source>
   <translation>Espera</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>Interrumpida</translation>
  </message>
  <message>
   <source>less than a minute left</source>
   <translation>falta menos de un minuto</translation>
  </message>
  <message numerus="yes">
   <source>{count} tasks run</source>
   <translation>
    <numerusform>{count} tarea en marcha</numerusform>
    <numerusform>{count} tareas en marcha</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} tasks want a look</source>
   <translation>
    <numerusform>{count} tarea necesita atención</numerusform>
    <numerusform>{count} tareas necesitan atención</numerusform>
   </translation>
  </message>
  <message>
   <source>&amp;Clear what is done</source>
   <translation>&amp;Limpiar lo terminado</translation>
  </message>
  <message>
   <source>Nothing is running</source>
   <translation>No hay nada en marcha</translation>
  </message>
  <message>
   <source>Imports, exports, lessons being made, pushes and syncing show here while they run, wherever you are in the window, and say so if something did not work.</source>
   <translation>Las importaciones, las exportaciones, las lecciones que se están creando, los envíos y la sincronización se ven aquí mientras funcionan, estés donde estés en la ventana, y avisan si algo no ha ido bien.</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Progreso</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Detener</translation>
  </message>
  <message>
   <source>Good evening, {name}</source>
   <translation>Buenas noches, {name}</translation>
  </message>
  <message>
   <source>Good morning, {name}</source>
   <translation>Buenos días, {name}</translation>
  </message>
  <message>
   <source>Good afternoon, {name}</source>
   <translation>Buenas tardes, {name}</translation>
  </message>
  <message numerus="yes">
   <source>{count} need your decision</source>
   <translation>
    <numerusform>{count} necesita tu decisión</numerusform>
    <numerusform>{count} necesitan tu decisión</numerusform>
   </translation>
  </message>
  <message>
   <source>Nothing waits</source>
   <translation>Nada espera</translation>
  </message>
  <message>
   <source>Two people changed the same thing, or the server said no.</source>
   <translation>Dos personas cambiaron lo mismo, o el servidor dijo que no.</translation>
  </message>
  <message>
   <source>Waiting for a grade</source>
   <translation>Esperan calificación</translation>
  </message>
  <message numerus="yes">
   <source>in {count} classes</source>
   <translation>
    <numerusform>en {count} clase</numerusform>
    <numerusform>en {count} clases</numerusform>
   </translation>
  </message>
  <message>
   <source>Safe on this computer</source>
   <translation>A salvo en este equipo</translation>
  </message>
  <message numerus="yes">
   <source>{name}: {count} wait for a grade</source>
   <translation>
    <numerusform>{name}: {count} espera calificación</numerusform>
    <numerusform>{name}: {count} esperan calificación</numerusform>
   </translation>
  </message>
  <message>
   <source>{name}: due {day}</source>
   <translation>{name}: entrega el {day}</translation>
  </message>
  <message numerus="yes">
   <source>in {count} quizzes</source>
   <translation>
    <numerusform>en {count} cuestionario</numerusform>
    <numerusform>en {count} cuestionarios</numerusform>
   </translation>
  </message>
  <message>
   <source>All graded</source>
   <translation>Todo calificado</translation>
  </message>
  <message>
   <source>They need you</source>
   <translation>Te necesitan</translation>
  </message>
  <message>
   <source>Everyone keeps up</source>
   <translation>Todos siguen el ritmo</translation>
  </message>
  <message>
   <source>Sync wants a decision</source>
   <translation>La sincronización pide una decisión</translation>
  </message>
  <message>
   <source>A quiz</source>
   <translation>Un cuestionario</translation>
  </message>
  <message>
   <source>Wants a look</source>
   <translation>Necesita tu atención</translation>
  </message>
  <message>
   <source>Your school is ready, and still empty</source>
   <translation>Tu escuela está lista, y todavía vacía</translation>
  </message>
  <message>
   <source>Bring a class list as a file, or drop it onto this window: you see what comes of it before anything is saved. It takes a minute.</source>
   <translation>Trae una lista de clase en un archivo o suéltala en esta ventana: ves qué resulta antes de guardar nada. Lleva un minuto.</translation>
  </message>
  <message>
   <source>Nothing presses. Enjoy your day.</source>
   <translation>Nada urge. Disfruta del día.</translation>
  </message>
  <message>
   <source>Type the address of your school's server, for example school.example.org.</source>
   <translation>Escribe la dirección del servidor de tu escuela, por ejemplo school.example.org.</translation>
  </message>
  <message>
   <source>“{address}” is not a server's address. It looks like school.example.org.</source>
   <translation>“{address}” no es la dirección de un servidor. Debe parecerse a school.example.org.</translation>
  </message>
  <message>
   <source>This address begins with http://, so your password would travel unprotected. Use the https:// address; your school's administrator knows it.</source>
   <translation>Esta dirección empieza por http://, así que tu contraseña viajaría sin protección. Usa la dirección https://; quien administra tu escuela la conoce.</translation>
  </message>
  <message>
   <source>Type your user name or the e-mail address you use at school.</source>
   <translation>Escribe tu usuario o el correo que usas en la escuela.</translation>
  </message>
  <message>
   <source>Type your password.</source>
   <translation>Escribe tu contraseña.</translation>
  </message>
  <message>
   <source>Your work on this computer is locked</source>
   <translation>Tu trabajo en este equipo está bloqueado</translation>
  </message>
  <message>
   <source>It is encrypted, and its key is no longer in this computer's keyring. Nothing is lost. Type the recovery code that Settings showed you, or begin anew: then the locked work is put aside, and everything the school has comes from there again.</source>
   <translation>Está cifrado y su clave ya no está en el llavero de este equipo. No se ha perdido nada. Escribe el código de recuperación que te mostró Ajustes o empieza de nuevo: entonces el trabajo bloqueado se aparta y todo lo que tiene la escuela vuelve a llegar de allí.</translation>
  </message>
  <message>
   <source>A newer Companion wrote this</source>
   <translation>Esto lo guardó una versión más nueva</translation>
  </message>
  <message>
   <source>The work on this computer was saved by a newer version of the Companion, so this one leaves it untouched. Install the newest version and open it again.</source>
   <translation>El trabajo de este equipo lo guardó una versión más nueva de Companion, así que esta no lo toca. Instala la versión más reciente y vuelve a abrirla.</translation>
  </message>
  <message>
   <source>The folder cannot be written</source>
   <translation>No se puede escribir en la carpeta</translation>
  </message>
  <message>
   <source>The Companion may not write in {folder}, so it could not save your work there. Make the folder writable, then try again.</source>
   <translation>Companion no puede escribir en {folder}, así que no podría guardar allí tu trabajo. Permite escribir en la carpeta y vuelve a intentarlo.</translation>
  </message>
  <message>
   <source>The disk is full</source>
   <translation>El disco está lleno</translation>
  </message>
  <message>
   <source>There is no room left on the disk that holds {folder}. Everything saved before is safe. Free some space, then try again.</source>
   <translation>No queda espacio en el disco donde está {folder}. Todo lo guardado antes está a salvo. Libera espacio y vuelve a intentarlo.</translation>
  </message>
  <message>
   <source>Another Companion has it open</source>
   <translation>Otro Companion lo tiene abierto</translation>
  </message>
  <message>
   <source>The work on this computer is damaged, and another copy of the Companion has it open. Close the other one, then try again: it repairs what it can.</source>
   <translation>El trabajo de este equipo está dañado y otra ventana de Companion lo tiene abierto. Cierra la otra y vuelve a intentarlo: se repara lo que se pueda.</translation>
  </message>
  <message>
   <source>Another Companion is busy with it</source>
   <translation>Otro Companion está ocupado con él</translation>
  </message>
  <message>
   <source>Another copy of the Companion works on the same files just now. Wait for it to finish, or close it, then try again.</source>
   <translation>Otra ventana de Companion trabaja ahora con los mismos archivos. Espera a que termine o ciérrala y vuelve a intentarlo.</translation>
  </message>
  <message>
   <source>The disk does not answer as it should</source>
   <translation>El disco no responde como debería</translation>
  </message>
  <message>
   <source>The disk that holds {folder} did not read or write what it was asked to. Check that it is connected and sound, then try again. Nothing was changed.</source>
   <translation>El disco donde está {folder} no leyó o no escribió lo que se le pidió. Comprueba que está conectado y en buen estado y vuelve a intentarlo. No se cambió nada.</translation>
  </message>
  <message>
   <source>This did not open</source>
   <translation>Esto no se pudo abrir</translation>
  </message>
  <message>
   <source>&amp;Unlock</source>
   <translation>&amp;Desbloquear</translation>
  </message>
  <message>
   <source>&amp;Begin anew…</source>
   <translation>Empe&amp;zar de nuevo…</translation>
  </message>
  <message>
   <source>&amp;Show the folder</source>
   <translation>&amp;Mostrar la carpeta</translation>
  </message>
  <message>
   <source>Use &amp;another account</source>
   <translation>Usar &amp;otra cuenta</translation>
  </message>
  <message>
   <source>Your classes, calm and at hand</source>
   <translation>Tus clases, en calma y a mano</translation>
  </message>
  <message>
   <source>Lessons that become worlds, grades that never get lost, with or without a network.</source>
   <translation>Lecciones que se vuelven mundos y calificaciones que nunca se pierden, con red o sin ella.</translation>
  </message>
  <message>
   <source>Look around in a sample school</source>
   <translation>Curiosear en una escuela de muestra</translation>
  </message>
  <message>
   <source>Five classes with a term of work, all on this computer. Nothing to set up.</source>
   <translation>Cinco clases con un semestre de trabajo, todo en este equipo. Nada que configurar.</translation>
  </message>
  <message>
   <source>Start my own Local school</source>
   <translation>Empezar mi propia escuela local</translation>
  </message>
  <message>
   <source>Bring your class lists as a file. No account and no network needed.</source>
   <translation>Trae tus listas de clase en un archivo. Sin cuenta y sin red.</translation>
  </message>
  <message>
   <source>&amp;Sign in to my school's server</source>
   <translation>Iniciar &amp;sesión en el servidor de mi escuela</translation>
  </message>
  <message>
   <source>Local school keeps everything on this computer, in your own folder.</source>
   <translation>La escuela local lo guarda todo en este equipo, en tu propia carpeta.</translation>
  </message>
  <message>
   <source>School server</source>
   <translation>Servidor de la escuela</translation>
  </message>
  <message>
   <source>User name or e-mail</source>
   <translation>Usuario o correo</translation>
  </message>
  <message>
   <source>Sign &amp;in</source>
   <translation>E&amp;ntrar</translation>
  </message>
  <message>
   <source>Sign in to your school</source>
   <translation>Inicia sesión en tu escuela</translation>
  </message>
  <message>
   <source>&amp;Back</source>
   <translation>A&amp;trás</translation>
  </message>
  <message>
   <source>Working</source>
   <translation>Trabajando</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Descartar</translation>
  </message>
  <message>
   <source>Calendar</source>
   <translation>Calendario</translation>
  </message>
  <message>
   <source>&amp;Today</source>
   <translation>&amp;Hoy</translation>
  </message>
  <message>
   <source>Previous month</source>
   <translation>Mes anterior</translation>
  </message>
  <message>
   <source>Next month</source>
   <translation>Mes siguiente</translation>
  </message>
  <message>
   <source>{day}, today</source>
   <translation>{day}, hoy</translation>
  </message>
  <message>
   <source>Choose from a calendar</source>
   <translation>Elegir en un calendario</translation>
  </message>
  <message>
   <source>This is no date. Type it like {example}.</source>
   <translation>Eso no es una fecha. Escríbela así: {example}.</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Más</translation>
  </message>
  <message>
   <source>Cancel: {work}</source>
   <translation>Cancelar: {work}</translation>
  </message>
  <message>
   <source>Stopping…</source>
   <translation>Deteniendo…</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>espera</translation>
  </message>
  <message>
   <source>running</source>
   <translation>en marcha</translation>
  </message>
  <message>
   <source>done</source>
   <translation>hecho</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>falló</translation>
  </message>
  <message>
   <source>Sign in first:</source>
   <translation>Inicia sesión primero:</translation>
  </message>
  <message>
   <source>toolboxai-companion --profile '{profile}' login --server URL --username NAME --password-stdin</source>
   <translation>toolboxai-companion --profile '{profile}' login --server URL --username NOMBRE --password-stdin</translation>
  </message>
 </context>
</TS>
