// The texts of the refusals: one table, in both languages. A place {name} takes the argument of that name.
#include "ledger/refusal.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace fedatario::ledger {
namespace {

struct Wording {
  std::string_view name;
  Label title;
  Label text;
};

// A switch without default: the compiler names the reason that has no wording.
Wording wording(Reason reason) {
  switch (reason) {
    case Reason::malformed_json:
      return {"malformed_json",
              {"JSON mal formado", "Malformed JSON"},
              {"El JSON está mal formado en el byte {offset}: {fault}.",
               "The JSON is malformed at byte {offset}: {fault}."}};
    case Reason::not_canonical:
      return {"not_canonical",
              {"JSON no canónico", "JSON not canonical"},
              {"Lo firmado no está en la forma canónica de RFC 8785; fírmelo en esa forma.",
               "What was signed is not in the canonical form of RFC 8785; sign it in that form."}};
    case Reason::malformed_envelope:
      return {"malformed_envelope",
              {"Sobre mal formado", "Malformed envelope"},
              {"El sobre DSSE está mal formado: {fault}.", "The DSSE envelope is malformed: {fault}."}};
    case Reason::malformed_content:
      return {"malformed_content",
              {"Contenido mal formado", "Malformed content"},
              {"El tipo «{type}» lleva otras partes que las presentadas.",
               "The type \"{type}\" has other parts than those given."}};
    case Reason::too_large:
      return {"too_large",
              {"Demasiado grande", "Too large"},
              {"Es demasiado grande: {what}; el límite es {limit} bytes.",
               "Too large: {what}; the limit is {limit} bytes."}};
    case Reason::unknown_type:
      return {"unknown_type",
              {"Tipo de evento desconocido", "Unknown event type"},
              {"No existe el tipo de evento «{type}».", "There is no event type \"{type}\"."}};
    case Reason::wrong_schema:
      return {"wrong_schema",
              {"Esquema no vigente", "Schema not current"},
              {"El esquema {schema} no se recibe; el vigente es {newest}.",
               "Schema {schema} is not taken; the newest is {newest}."}};
    case Reason::wrong_stream:
      return {"wrong_stream",
              {"Corriente de otra clase", "Stream of another kind"},
              {"Este tipo va en una historia de la forma «{kind}».",
               "This type goes into a stream of the form \"{kind}\"."}};
    case Reason::other_ledger:
      return {"other_ledger",
              {"Otro libro", "Another ledger"},
              {"La declaración es para el libro «{given}»; este es «{ledger}».",
               "The statement is for the ledger \"{given}\"; this one is \"{ledger}\"."}};
    case Reason::commitment_mismatch:
      return {"commitment_mismatch",
              {"El contenido no es el comprometido", "Content is not what was committed to"},
              {"El contenido presentado no corresponde al compromiso firmado.",
               "The content given does not match the commitment that was signed."}};
    case Reason::field_missing:
      return {"field_missing",
              {"Falta un campo", "Field missing"},
              {"Falta el campo «{field}».", "The field \"{field}\" is missing."}};
    case Reason::field_unknown:
      return {"field_unknown",
              {"Campo desconocido", "Unknown field"},
              {"No existe el campo «{field}».", "There is no field \"{field}\"."}};
    case Reason::field_invalid:
      return {"field_invalid",
              {"Valor no válido", "Invalid value"},
              {"Aquí va {expected}.", "What belongs here is {expected}."}};
    case Reason::batch_empty:
      return {"batch_empty",
              {"Lote vacío", "Empty batch"},
              {"El lote no trae declaraciones.", "The batch has no statements."}};
    case Reason::batch_too_large:
      return {"batch_too_large",
              {"Lote demasiado grande", "Batch too large"},
              {"El lote pasa de {limit} declaraciones.", "The batch has more than {limit} statements."}};
    case Reason::signature_invalid:
      return {"signature_invalid",
              {"Firma no válida", "Invalid signature"},
              {"La firma no es de la clave {key} sobre esta declaración.",
               "The signature is not by key {key} over this statement."}};
    case Reason::key_not_in_force:
      return {"key_not_in_force",
              {"Clave no vigente", "Key not in force"},
              {"La clave {key} no está vigente para «{actor}».", "Key {key} is not in force for \"{actor}\"."}};
    case Reason::own_key_required:
      return {"own_key_required",
              {"Se requiere la clave propia", "Own key required"},
              {"«{actor}» tiene clave inscrita: solo habla con su propia firma.",
               "\"{actor}\" has an enrolled key: only his own signature speaks for him."}};
    case Reason::actor_unknown:
      return {"actor_unknown",
              {"Actor desconocido", "Unknown actor"},
              {"«{actor}» no está registrado como actor.", "\"{actor}\" is not registered as an actor."}};
    case Reason::actor_retired:
      return {"actor_retired",
              {"Actor retirado", "Actor retired"},
              {"«{actor}» está retirado.", "\"{actor}\" is retired."}};
    case Reason::role_not_in_force:
      return {"role_not_in_force",
              {"Rol no vigente", "Role not in force"},
              {"«{actor}» no tiene vigente el rol «{role}».", "\"{actor}\" does not hold the role \"{role}\" now."}};
    case Reason::role_not_allowed:
      return {"role_not_allowed",
              {"Rol sin facultad", "Role without the right"},
              {"El rol «{role}» no puede registrar «{type}»; pueden: {allowed}.",
               "The role \"{role}\" may not record \"{type}\"; these may: {allowed}."}};
    case Reason::outside_scope:
      return {"outside_scope",
              {"Fuera de su ámbito", "Outside its scope"},
              {"El rol «{role}» no alcanza a «{what}».", "The role \"{role}\" does not extend to \"{what}\"."}};
    case Reason::separation_of_duties:
      return {"separation_of_duties",
              {"Segregación de funciones", "Separation of duties"},
              {"Lo impide la segregación de funciones: {rule}.", "Separation of duties forbids it: {rule}."}};
    case Reason::delegation_missing:
      return {"delegation_missing",
              {"Sin delegación", "No delegation"},
              {"No hay delegación vigente de «{for}» en «{actor}».",
               "\"{actor}\" has no delegation in force from \"{for}\"."}};
    case Reason::session_for_other:
      return {"session_for_other",
              {"Sesión de otro actor", "Another actor's session"},
              {"La sesión es de «{session}» y la declaración de «{actor}».",
               "The session is \"{session}\"'s and the statement \"{actor}\"'s."}};
    case Reason::version_conflict:
      return {"version_conflict",
              {"La versión ya no es esa", "Version conflict"},
              {"«{stream}» está en la versión {actual}; la declaración esperaba tomar la {expected}.",
               "\"{stream}\" is at version {actual}; the statement expected to take {expected}."}};
    case Reason::id_taken:
      return {"id_taken",
              {"Identificador ya usado", "Id already used"},
              {"El identificador {id} ya nombra otro evento; use uno nuevo.",
               "The id {id} already names another event; use a new one."}};
    case Reason::batch_partly_recorded:
      return {"batch_partly_recorded",
              {"Lote repetido en parte", "Batch partly recorded"},
              {"Parte del lote ya está registrada y parte no; separe lo nuevo.",
               "Part of the batch is recorded already and part is not; send the new part alone."}};
    case Reason::seen_not_of_this_log:
      return {
          "seen_not_of_this_log",
          {"Cabeza de otro registro", "Head of another log"},
          {"La cabeza vista (tamaño {size}) no es de este libro.", "The head seen (size {size}) is not this log's."}};
    case Reason::cause_unknown:
      return {"cause_unknown",
              {"Causa desconocida", "Unknown cause"},
              {"No hay evento {id} antes de este.", "There is no event {id} before this one."}};
    case Reason::in_the_future:
      return {"in_the_future",
              {"Fecha futura", "Date in the future"},
              {"{at} aún no ha llegado; se registra lo ocurrido.",
               "{at} has not come yet; what has happened is recorded."}};
    case Reason::already_founded:
      return {"already_founded",
              {"Libro ya fundado", "Ledger already founded"},
              {"El libro ya está fundado.", "The ledger is founded already."}};
    case Reason::already_registered:
      return {"already_registered",
              {"Ya registrado", "Already registered"},
              {"«{what}» ya está registrado.", "\"{what}\" is registered already."}};
    case Reason::not_registered:
      return {
          "not_registered",
          {"No registrado", "Not registered"},
          {"«{what}» no está registrado o ya no está vigente.", "\"{what}\" is not registered or no longer in force."}};
    case Reason::no_such_actor:
      return {"no_such_actor",
              {"Ese actor no existe", "No such actor"},
              {"«{actor}» no está registrado como actor, o ya está retirado.",
               "\"{actor}\" is not registered as an actor, or is retired."}};
    case Reason::unit_unknown:
      return {"unit_unknown",
              {"Dependencia desconocida", "Unknown unit"},
              {"La dependencia «{unit}» no está registrada.", "The unit \"{unit}\" is not registered."}};
    case Reason::entity_unknown:
      return {"entity_unknown",
              {"Entidad desconocida", "Unknown entity"},
              {"La entidad «{entity}» no está registrada.", "The entity \"{entity}\" is not registered."}};
    case Reason::service_unknown:
      return {
          "service_unknown",
          {"Servicio desconocido", "Unknown service"},
          {"El servicio «{service}» no está en el catálogo.", "The service \"{service}\" is not in the catalogue."}};
    case Reason::line_unknown:
      return {"line_unknown",
              {"Línea desconocida", "Unknown line"},
              {"El plan no tiene la línea «{line}».", "The plan has no line \"{line}\"."}};
    case Reason::milestone_unknown:
      return {"milestone_unknown",
              {"Hito desconocido", "Unknown milestone"},
              {"«{milestone}» no es el hito que va aquí ({expected}).",
               "\"{milestone}\" is not the milestone that belongs here ({expected})."}};
    case Reason::strategy_not_approved:
      return {"strategy_not_approved",
              {"Estrategia sin aprobar", "Strategy not approved"},
              {"La estrategia de la vigencia {year} no está aprobada.",
               "The strategy of fiscal year {year} is not approved."}};
    case Reason::plan_not_approved:
      return {"plan_not_approved",
              {"Plan sin aprobar", "Plan not approved"},
              {"El plan «{plan}» no está aprobado.", "The plan \"{plan}\" is not approved."}};
    case Reason::wrong_stage:
      return {"wrong_stage",
              {"No está en ese paso", "Not at that step"},
              {"«{what}» está en el paso: {stage}; para esto debe estar en: {needed}.",
               "\"{what}\" is at the step: {stage}; for this it must be at: {needed}."}};
    case Reason::fiscal_year_closed:
      return {
          "fiscal_year_closed",
          {"Vigencia cerrada", "Fiscal year closed"},
          {"La vigencia {year} está cerrada; ya solo recibe evaluaciones de impacto, compromisos cumplidos, archivo y "
           "correcciones.",
           "Fiscal year {year} is closed; it now takes only impact evaluations, commitments fulfilled, records and "
           "corrections."}};
    case Reason::line_repeated:
      return {"line_repeated",
              {"Línea repetida", "Line repeated"},
              {"La línea «{line}» ya existe en el plan.", "The line \"{line}\" exists in the plan already."}};
    case Reason::dates_reversed:
      return {"dates_reversed",
              {"Fechas invertidas", "Dates reversed"},
              {"El fin ({end}) es anterior al inicio ({start}).", "The end ({end}) is before the start ({start})."}};
    case Reason::dates_outside_year:
      return {"dates_outside_year",
              {"Fecha fuera de la vigencia", "Date outside the fiscal year"},
              {"{date} no está en la vigencia {year}.", "{date} is not in fiscal year {year}."}};
    case Reason::dates_outside_line:
      return {"dates_outside_line",
              {"Fecha fuera de la línea", "Date outside the line"},
              {"{date} no está entre {start} y {end}, las fechas de la línea.",
               "{date} is not between {start} and {end}, the line's dates."}};
    case Reason::term_ended:
      return {"term_ended",
              {"Término vencido", "Term ended"},
              {"El término venció el {due}; se prorroga antes de que venza.",
               "The term ended on {due}; it is extended before it ends."}};
    case Reason::extension_too_long:
      return {"extension_too_long",
              {"Prórroga excesiva", "Extension too long"},
              {"{until} pasa del {latest}, hasta donde la norma deja prorrogar el término ({norm}).",
               "{until} is after {latest}, the last day to which the norm lets the term be extended ({norm})."}};
    case Reason::norm_missing:
      return {"norm_missing",
              {"Falta la norma", "Norm missing"},
              {"Una asistencia normativa nombra la norma que obliga.",
               "A normative assistance names the norm that obliges."}};
    case Reason::milestones_missing:
      return {"milestones_missing",
              {"Faltan hitos", "Milestones missing"},
              {"El servicio pide {count} hitos con su fecha.",
               "The service asks for {count} milestones with their dates."}};
    case Reason::milestones_unordered:
      return {"milestones_unordered",
              {"Hitos en desorden", "Milestones unordered"},
              {"El hito del {date} queda antes que el anterior.",
               "The milestone of {date} lies before the one before it."}};
    case Reason::milestone_out_of_order:
      return {"milestone_out_of_order",
              {"Hito fuera de orden", "Milestone out of order"},
              {"Antes de «{milestone}» se alcanza «{before}».", "Before \"{milestone}\" comes \"{before}\"."}};
    case Reason::milestone_reached:
      return {"milestone_reached",
              {"Hito ya alcanzado", "Milestone already reached"},
              {"El hito «{milestone}» ya está alcanzado.", "The milestone \"{milestone}\" is reached already."}};
    case Reason::team_empty:
      return {"team_empty",
              {"Equipo vacío", "Empty team"},
              {"El equipo tiene al menos una persona.", "The team has at least one person."}};
    case Reason::not_scheduled:
      return {"not_scheduled",
              {"Intervención sin programar", "Intervention not scheduled"},
              {"«{stream}» no está programada.", "\"{stream}\" is not scheduled."}};
    case Reason::already_scheduled:
      return {"already_scheduled",
              {"Intervención ya programada", "Intervention already scheduled"},
              {"«{stream}» ya está programada.", "\"{stream}\" is scheduled already."}};
    case Reason::already_completed:
      return {"already_completed",
              {"Intervención ya terminada", "Intervention already completed"},
              {"«{stream}» ya está terminada.", "\"{stream}\" is completed already."}};
    case Reason::mechanism_undescribed:
      return {"mechanism_undescribed",
              {"Mecanismo sin describir", "Mechanism not described"},
              {"El mecanismo «otro» se describe.", "The mechanism \"other\" is described."}};
    case Reason::more_than_attended:
      return {
          "more_than_attended",
          {"Más respuestas que asistentes", "More respondents than attendees"},
          {"Respondieron {respondents} y asistieron {attendees}.", "{respondents} answered and {attendees} attended."}};
    case Reason::from_is_not_present:
      return {"from_is_not_present",
              {"El valor anterior no es el presente", "The value before is not the present one"},
              {"«{field}» vale hoy «{present}», no «{from}».", "\"{field}\" is now \"{present}\", not \"{from}\"."}};
    case Reason::nothing_changed:
      return {"nothing_changed",
              {"Nada cambia", "Nothing changes"},
              {"Lo dicho es lo que ya consta.", "What is said stands already."}};
    case Reason::milestones_open:
      return {"milestones_open",
              {"Hitos sin alcanzar", "Milestones open"},
              {"Falta alcanzar el hito «{milestone}».", "The milestone \"{milestone}\" is not reached."}};
    case Reason::closing_document_missing:
      return {"closing_document_missing",
              {"Falta el documento de cierre", "Closing document missing"},
              {"El cierre lleva uno de: {allowed}.", "The closing carries one of: {allowed}."}};
    case Reason::key_already_enrolled:
      return {"key_already_enrolled",
              {"Clave ya inscrita", "Key already enrolled"},
              {"La clave {key} ya está en uso.", "Key {key} is in use already."}};
    case Reason::has_key_already:
      return {
          "has_key_already",
          {"Ya tiene clave", "Has a key already"},
          {"«{actor}» ya tiene una clave vigente: él la rota con ella, o un administrador la reemplaza por pérdida.",
           "\"{actor}\" has a key in force already: he rotates it with itself, or an administrator replaces it when "
           "lost."}};
    case Reason::rotation_by_another:
      return {"rotation_by_another",
              {"Rotación de otro", "Rotation by another"},
              {"La clave de «{actor}» la rota él mismo, firmando con la que termina.",
               "The key of \"{actor}\" is rotated by himself, who signs with the one that ends."}};
    case Reason::proof_of_possession:
      return {
          "proof_of_possession",
          {"Falta la prueba de posesión", "Proof of possession missing"},
          {"Falta la firma {signature} del sobre, de la clave {key}: prueba que quien declara la posee.",
           "Signature {signature} of the envelope is missing, by key {key}: it proves that whoever states holds it."}};
    case Reason::code_repeated:
      return {"code_repeated",
              {"Código repetido", "Code repeated"},
              {"El código «{code}» ya está en uso.", "The code \"{code}\" is in use already."}};
    case Reason::no_plan_needed:
      return {"no_plan_needed",
              {"No requiere plan", "Needs no plan"},
              {"El servicio «{service}» es una orientación: no se planea.",
               "The service \"{service}\" is an orientation: it is not planned."}};
    case Reason::evidence_missing:
      return {"evidence_missing",
              {"Falta la evidencia", "Evidence missing"},
              {"Lleva al menos un documento con su resumen SHA-256.",
               "It carries at least one document with its SHA-256 digest."}};
    case Reason::code_unknown:
      return {"code_unknown",
              {"Código desconocido", "Unknown code"},
              {"«{code}» no consta en «{what}»; use un código ya registrado ahí.",
               "\"{code}\" is not in \"{what}\"; use a code recorded there."}};
    case Reason::not_what_was_presented:
      return {
          "not_what_was_presented",
          {"No es lo presentado", "Not what was presented"},
          {"El resumen {digest} no es el de lo presentado, {presented}; se decide exactamente sobre lo presentado.",
           "The digest {digest} is not that of what was presented, {presented}; what is decided is exactly what was "
           "presented."}};
    case Reason::not_joint:
      return {"not_joint",
              {"Línea no conjunta", "Line not joint"},
              {"La línea «{line}» no es conjunta con «{unit}»: la dependencia que la lidera la nombra primero.",
               "The line \"{line}\" is not joint with \"{unit}\": the unit that leads it names it first."}};
    case Reason::entity_not_in_line:
      return {"entity_not_in_line",
              {"Entidad ajena a la línea", "Entity not in the line"},
              {"La entidad «{entity}» no está en la línea «{line}»; va una de las que el plan nombra, o ninguna si es "
               "para todas.",
               "The entity \"{entity}\" is not in the line \"{line}\"; name one that the plan names, or none when it "
               "is for all."}};
    case Reason::not_correctable:
      return {"not_correctable",
              {"No se corrige", "Not correctable"},
              {"«{type}» o lo que aquí se cambia no se corrige: solo lo mal digitado de un registro; lo decidido "
               "cambia con otra decisión.",
               "\"{type}\", or what is changed of it here, is not corrected: only what was mistyped of a record is; a "
               "decision changes by another decision."}};
    case Reason::correction_by_another:
      return {"correction_by_another",
              {"Corrige su autor", "Its author corrects"},
              {"Corrige «{author}», que lo registró, o su director.",
               "\"{author}\", who recorded it, corrects it, or his director."}};
    case Reason::outside_scale:
      return {"outside_scale",
              {"Puntaje fuera de la escala", "Score outside its scale"},
              {"El puntaje {score} no cabe en la escala de 0 a {scale}.",
               "The score {score} is not on the scale from 0 to {scale}."}};
    case Reason::not_recorded_yet:
      return {"not_recorded_yet",
              {"Posición que no existe", "Position that does not exist"},
              {"La posición {position} aún no existe; la última es {last}.",
               "Position {position} does not exist yet; the last one is {last}."}};
    case Reason::line_moved_since:
      return {"line_moved_since",
              {"La línea cambió después", "The line changed since"},
              {"La línea «{line}» cambió por una acción después de presentada la modificación; devuélvala y preséntela "
               "de nuevo.",
               "The line \"{line}\" was changed by an action after the amendment was submitted; return it and submit "
               "it anew."}};
    case Reason::list_too_long:
      return {"list_too_long",
              {"Lista más larga que el conteo", "List longer than the head-count"},
              {"La lista tiene {listed} personas y en la sesión se contaron {attendees}.",
               "The list has {listed} persons and the session counted {attendees}."}};
    case Reason::already_evaluated:
      return {"already_evaluated",
              {"Ya evaluada", "Already evaluated"},
              {"«{stream}» ya tiene esa evaluación; lo mal digitado se corrige con una corrección.",
               "\"{stream}\" has that evaluation already; what was mistyped is mended by a correction."}};
    case Reason::not_responsible:
      return {"not_responsible",
              {"No es el responsable", "Not the one responsible"},
              {"De «{what}» responde hoy «{present}», no «{actor}».",
               "\"{present}\" is responsible for \"{what}\" now, not \"{actor}\"."}};
    case Reason::votes_beyond_quorum:
      return {"votes_beyond_quorum",
              {"Más votos que quórum", "More votes than the quorum"},
              {"Votaron {votes} y estaban presentes {quorum}.", "{votes} voted and {quorum} were present."}};
    case Reason::difference_unknown:
      return {"difference_unknown",
              {"Diferencia desconocida", "Unknown difference"},
              {"En «{system}» no hay una diferencia abierta en «{place}».",
               "In \"{system}\" there is no open difference at \"{place}\"."}};
    case Reason::moves_terms:
      return {
          "moves_terms",
          {"Mueve fechas, personas o presupuesto", "Moves dates, people or budget"},
          {"Una acción que mueve fechas, personas o presupuesto la propone el profesional y la decide otro: {allowed}.",
           "An action that moves dates, people or budget is proposed by the professional and decided by another: "
           "{allowed}."}};
    case Reason::outside_approved_dates:
      return {
          "outside_approved_dates",
          {"Fuera de las fechas aprobadas", "Outside the approved dates"},
          {"Se reprograma entre {start} y {end}, las fechas aprobadas; para moverlas, una acción o una modificación.",
           "It is rescheduled between {start} and {end}, the approved dates; to move these takes an action or an "
           "amendment."}};
    case Reason::line_in_progress:
      return {"line_in_progress",
              {"Línea ya en ejecución", "Line in progress"},
              {"La línea «{line}» ya está programada o en ejecución: no se retira, se cancela su intervención.",
               "The line \"{line}\" is scheduled or in progress already: it is not dropped, its intervention is "
               "cancelled."}};
    case Reason::own_key_act:
      return {"own_key_act",
              {"Acto con clave propia", "Act by own key"},
              {"«{type}» exige la firma con la clave propia de «{actor}», según el procedimiento adoptado.",
               "\"{type}\" takes a signature by the own key of \"{actor}\", as the adopted procedure says."}};
    case Reason::not_of_this_activity:
      return {"not_of_this_activity",
              {"No es de esa actividad", "Not of that activity"},
              {"El control de la actividad {activity} no va en esta historia; va en «{stream}».",
               "The control of activity {activity} does not go into this stream; it goes into \"{stream}\"."}};
    case Reason::hold_in_force:
      return {"hold_in_force",
              {"Disposición suspendida", "Hold in force"},
              {"El expediente «{file}» tiene vigente la suspensión «{hold}»; antes se levanta.",
               "The file \"{file}\" is under the hold \"{hold}\"; that is released first."}};
    case Reason::disposition_forbids:
      return {"disposition_forbids",
              {"La tabla no permite eliminarlo", "The schedule does not let it be eliminated"},
              {"La disposición final del expediente «{file}» es: {disposition}; solo se elimina lo que la tabla manda "
               "eliminar o la selección no conserva.",
               "The final disposition of the file \"{file}\" is: {disposition}; only what the schedule eliminates, or "
               "the selection does not keep, is eliminated."}};
    case Reason::retention_running:
      return {"retention_running",
              {"Retención en curso", "Retention running"},
              {"El expediente «{file}» se conserva hasta {until}; se elimina después.",
               "The file \"{file}\" is kept until {until}; it is eliminated afterwards."}};
    case Reason::referred_from_open:
      return {"referred_from_open",
              {"Lo necesita un expediente abierto", "Needed by an open file"},
              {"El expediente «{by}», abierto, hace referencia a «{file}»; antes se cierra.",
               "The file \"{by}\", which is open, refers to \"{file}\"; that is closed first."}};
    case Reason::term_running:
      return {"term_running",
              {"Término en curso", "Term running"},
              {"Hasta {until} corre {term}; esto va después.", "Until {until} runs {term}; this comes after it."}};
    case Reason::observation_open:
      return {"observation_open",
              {"Observación sin responder", "Observation not answered"},
              {"Falta responder la observación «{code}».", "The observation \"{code}\" is not answered."}};
    case Reason::retention_obliges:
      return {
          "retention_obliges",
          {"La retención obliga a conservar", "Retention obliges to keep"},
          {"El expediente «{file}» debe conservarse y no consta su eliminación completa; la supresión se niega, con "
           "este motivo (Decreto 1377 de 2013, art. 9).",
           "The file \"{file}\" must be kept and no complete elimination of it is recorded; the erasure is refused, "
           "with this reason (Decreto 1377 de 2013, art. 9)."}};
    case Reason::overloaded:
      return {"overloaded",
              {"Servicio ocupado", "Service busy"},
              {"La cola está llena; reintente en {retry_after_s} s.",
               "The queue is full; try again in {retry_after_s} s."}};
    case Reason::clock_not_ready:
      return {"clock_not_ready",
              {"Reloj no confiable", "Clock not ready"},
              {"El reloj de la máquina está {how}; nada se registra hasta que sea correcto.",
               "The machine's clock is {how}; nothing is recorded until it is right."}};
    case Reason::stopping:
      return {"stopping",
              {"Servicio deteniéndose", "Service stopping"},
              {"El servicio se está deteniendo.", "The service is stopping."}};
  }
  return {};
}

template <std::size_t... I>
constexpr auto reasons(std::index_sequence<I...>) {
  return std::array<Reason, sizeof...(I)>{static_cast<Reason>(I)...};
}
constexpr auto kReasons = reasons(std::make_index_sequence<static_cast<std::size_t>(Reason::stopping) + 1>());

}  // namespace

Refusal& Refusal::with(std::string name, std::string value) {
  arguments.push_back({std::move(name), value, value});
  return *this;
}

Refusal& Refusal::with(std::string name, Label value) {
  arguments.push_back({std::move(name), std::string(value.es), std::string(value.en)});
  return *this;
}

Refusal& Refusal::at(std::string json_pointer) {
  pointer = std::move(json_pointer);
  return *this;
}

std::string Refusal::text(Language language) const {
  return fill_places(wording(reason).text.in(language), arguments, language);
}

std::string fill_places(std::string_view rest, std::span<const Refusal::Argument> arguments, Language language) {
  std::string out;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = rest.find('}', open);
    const auto name = rest.substr(open + 1, close - open - 1);
    for (const auto& argument : arguments)
      if (argument.name == name) {
        out += language == Language::es ? argument.es : argument.en;
        break;
      }
    rest.remove_prefix(close + 1);
  }
  return out;
}

void throw_exception_from_error(const Refusal& refusal, const boost::source_location&) {
  throw std::logic_error("a refusal was taken for a value: " + refusal.text(Language::en));
}

bool concerns_rights(Reason reason) {
  static constexpr Reason kRights[] = {
      Reason::signature_invalid,    Reason::key_not_in_force,    Reason::own_key_required,
      Reason::own_key_act,          Reason::actor_unknown,       Reason::actor_retired,
      Reason::role_not_in_force,    Reason::role_not_allowed,    Reason::outside_scope,
      Reason::separation_of_duties, Reason::delegation_missing,  Reason::session_for_other,
      Reason::proof_of_possession,  Reason::rotation_by_another, Reason::correction_by_another,
      Reason::moves_terms};
  return std::ranges::find(kRights, reason) != std::end(kRights);
}

std::string_view name_of(Reason reason) { return wording(reason).name; }
Label title_of(Reason reason) { return wording(reason).title; }
Label sentence_of(Reason reason) { return wording(reason).text; }
std::span<const Reason> all_reasons() { return kReasons; }

}  // namespace fedatario::ledger
