#include "services/vsvctl/help.h"

namespace vsv::vsvctl {
namespace {

constexpr absl::string_view kEnglish =
    R"(vsvctl: the regional vsv programmes from a shell. (Nederlands: vsvctl help nl)

  vsvctl COMMAND [ARGUMENT] --as OIN --purpose PURPOSE [options]

Commands
  partners list                     organisations of the register; --filter 'region = "regions/16"'
  partners create-credential        register a certificate: --certificate FILE --purpose P (once or more),
                                    --oin OIN or --organisation ID
  programs list REGION              programmes of a region (regions/16)
  programs lines PROGRAM            lines of a programme
  programs status LINE              how a line stands; --on 2024-10-01 for another day than today
  dossiers list REGION              dossiers that your organisation may see
  dossiers get DOSSIER              one dossier, with what was granted
  dossiers watch --regions 16,19    every change as a line of JSON; --cursor_file FILE to resume
  outcomes figures                  figures; --filter 'level = "mbo2"'
  call METHOD [JSON]                any method of the suite
  apply -f FILE                     send a list of {"method", "as", "request"} in order; sent again within 72 hours it does
                                    nothing twice
  health                            whether the four services serve

Options
  --as OIN               who calls: its certificate is <home>/pki/organisations/OIN.crt (also OIN-TASK; VSV_AS)
  --purpose PURPOSE      what for: registry, transition, support, compulsory_education, rmc,
                         programme_management, outcome_monitoring, audit
  --on_behalf_of OIN     act by mandate of that organisation
  -o table|json          form of the answer
  --home DIR             where ./run keeps its state (VSV_HOME; ./var)
  --limit N              rows of a list (200)
  --ignore_as            apply sends everything as --as, whoever the file names
  --timeout 20s          how long to wait for an answer
  --partners_address HOST:PORT, likewise programs, dossiers, outcomes
  --tls_certificate FILE, --tls_key FILE, --tls_ca FILE

Examples
  vsvctl partners list --as 00000099000000001000 --purpose registry
  vsvctl programs status regions/16/programs/aanpak-vsv-2021/lines/3 --as OIN --purpose programme_management
  vsvctl dossiers watch --regions 16,19 --as OIN --purpose rmc --cursor_file changes.cursor
  vsvctl call GetOrganisation '{"name": "organisations/roc-midden-nederland"}' --as OIN --purpose registry

Exit status: 0 done, 1 refused or failed, 2 the command line is not understood.
)";

constexpr absl::string_view kDutch =
    R"(vsvctl: de regionale vsv-programma's vanaf de opdrachtregel. (English: vsvctl help)

  vsvctl OPDRACHT [ARGUMENT] --as OIN --purpose DOEL [opties]

Opdrachten
  partners list                     organisaties in het register; --filter 'region = "regions/16"'
  partners create-credential        een certificaat registreren: --certificate BESTAND --purpose DOEL (een of meer),
                                    --oin OIN of --organisation ID
  programs list REGIO               programma's van een regio (regions/16)
  programs lines PROGRAMMA          programmalijnen
  programs status LIJN              hoe een lijn ervoor staat; --on 2024-10-01 voor een andere dag dan vandaag
  dossiers list REGIO               dossiers die uw organisatie mag zien
  dossiers get DOSSIER              één doorstroomdossier, met wat is toegestaan
  dossiers watch --regions 16,19    elke wijziging als regel JSON; --cursor_file BESTAND om later verder te gaan
  outcomes figures                  cijfers; --filter 'level = "mbo2"'
  call METHODE [JSON]               elke methode van de diensten
  apply -f BESTAND                  een lijst van {"method", "as", "request"} op volgorde versturen; binnen 72 uur opnieuw
                                    verstuurd gebeurt niets dubbel
  health                            of de vier diensten werken

Opties
  --as OIN               namens wie: het certificaat is <home>/pki/organisations/OIN.crt (ook OIN-TAAK; VSV_AS)
  --purpose DOEL         waarvoor: registry, transition, support, compulsory_education, rmc,
                         programme_management, outcome_monitoring, audit
  --on_behalf_of OIN     handelen op grond van een mandaat van die organisatie
  -o table|json          vorm van het antwoord
  --home MAP             waar ./run zijn gegevens bewaart (VSV_HOME; ./var)
  --limit N              regels van een lijst (200)
  --ignore_as            apply verstuurt alles namens --as, wie het bestand ook noemt
  --timeout 20s          hoe lang op een antwoord te wachten
  --partners_address HOST:POORT, evenzo programs, dossiers, outcomes
  --tls_certificate BESTAND, --tls_key BESTAND, --tls_ca BESTAND

Voorbeelden
  vsvctl partners list --as 00000099000000001000 --purpose registry
  vsvctl programs status regions/16/programs/aanpak-vsv-2021/lines/3 --as OIN --purpose programme_management
  vsvctl dossiers watch --regions 16,19 --as OIN --purpose rmc --cursor_file wijzigingen.cursor
  vsvctl call GetOrganisation '{"name": "organisations/roc-midden-nederland"}' --as OIN --purpose registry

Afloop: 0 gelukt, 1 geweigerd of mislukt, 2 de opdrachtregel is niet begrepen.
)";

}  // namespace

absl::string_view HelpText(absl::string_view language) {
  return language == "nl" ? kDutch : kEnglish;
}

}  // namespace vsv::vsvctl
