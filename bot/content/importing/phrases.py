"""The wordings, English and Spanish, by which headings say what a section holds.

All are written as `text.folded` leaves them: lower case, no accents, no punctuation.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(line.strip() for line in text.split("|"))


# Found anywhere in a short heading.
TAKEAWAYS = _set(
    "takeaway|takeaways|take aways|take away points|key points|main points|bottom line|what to remember|"
    "to remember|key lessons|main lessons|lessons learned|main ideas|key ideas|big ideas|key insights|"
    "main insights|key findings|main findings|key messages|main messages|key facts|you need to know|"
    "you should know|things to know|what to know|what we learned|what we have learned|what we know now|"
    "tl dr|tldr|key conclusions|main conclusions|the short version|what stays with you|worth remembering|"
    "puntos clave|ideas clave|claves|punto clave|ideas principales|puntos principales|ideas centrales|"
    "ideas fuerza|lo esencial|lo mas importante|lo principal|lo fundamental|conclusiones clave|"
    "principales conclusiones|conclusiones principales|mensajes clave|mensajes principales|aspectos clave|"
    "elementos clave|hallazgos clave|principales hallazgos|datos clave|que recordar|hay que recordar|"
    "debes recordar|conviene recordar|para recordar|a recordar|debes saber|hay que saber|necesitas saber|"
    "que saber|puntos destacados|ideas para llevar|ideas para llevarse|para llevarse|lo que aprendimos|"
    "lo que hemos aprendido|lecciones aprendidas|aprendizajes|puntos esenciales|ideas esenciales"
)
# The whole of a heading.
TAKEAWAYS_WHOLE = _set(
    "in short|in brief|at a glance|in a nutshell|in summary|highlights|essentials|the essentials|lessons|"
    "the lessons|remember|recap|to sum up|en resumen|en pocas palabras|de un vistazo|en sintesis|sintesis|"
    "en breve|en suma|la version corta|para llevar|en corto|lo clave|claves rapidas|quick facts|"
    "lecciones|recuerda|ideas|resumiendo|puntos para recordar|en conclusion"
)
# The whole of a heading, and only where a list stands below it and no other section is a better match.
TAKEAWAYS_PERHAPS = _set(
    "summary|executive summary|conclusion|conclusions|findings|resumen|resumen ejecutivo|conclusiones|"
    "hallazgos|the summary|el resumen|las conclusiones|final thoughts|reflexiones finales"
)

# A section so named holds them even without a list and with more words in its heading.
STRONG = _set(
    "takeaway|takeaways|take aways|key points|main points|puntos clave|ideas clave|conclusiones clave|call to action|"
    "calls to action|llamado a la accion|llamados a la accion|llamada a la accion|llamadas a la accion|"
    "llamamiento a la accion"
)

ACTIONS = _set(
    "call to action|calls to action|can we do|can you do|can i do|call for action|you can do|we can do|"
    "i can do|can be done|next steps|take action|taking action|how to help|can help|ways to help|"
    "ways to act|get involved|getting involved|steps to take|you can take|we can take|what to do|"
    "needs to happen|has to happen|must happen|should happen|should be done|must be done|needs to be done|action items|"
    "action points|action steps|how to act|time to act|act now|join in|what readers can do|action plan|"
    "make a difference|we ask for|we ask of you|actions to take|llamado a la accion|llamada a la accion|"
    "llamamiento a la accion|llamados a la accion|llamadas a la accion|llamado a actuar|llamada a actuar|"
    "puedes hacer|podemos hacer|puede hacer|pueden hacer|puedo hacer|que hacer|debemos hacer|"
    "deberiamos hacer|hay que hacer|queda por hacer|proximos pasos|siguientes pasos|pasos a seguir|"
    "pasos siguientes|proximo paso|siguiente paso|primeros pasos|como ayudar|puedes ayudar|podemos ayudar|"
    "como participar|puedes participar|formas de ayudar|formas de participar|maneras de ayudar|como actuar|"
    "formas de actuar|maneras de actuar|pasa a la accion|pasar a la accion|pasemos a la accion|"
    "de la idea a la accion|hora de actuar|momento de actuar|manos a la obra|propuestas de accion|"
    "plan de accion|medidas a tomar|acciones a tomar|acciones concretas|acciones recomendadas|que pedimos|"
    "que exigimos|recommended actions|llamados a actuar|llamadas a actuar|llamamientos a la accion|"
    "actions you can|how you can act|ways you can"
)
ACTIONS_WHOLE = _set(
    "action|actions|the next step|next step|recommendations|our recommendations|our demands|demands|"
    "the ask|our ask|asks|what now|your turn|act|act today|now it is your turn|accion|acciones|"
    "recomendaciones|nuestras recomendaciones|actua|actua ya|actua ahora|participa|involucrate|sumate|"
    "tu turno|y ahora que|ahora que|que toca hacer|exigencias|demandas|nuestras propuestas|para actuar|"
    "actuemos|actua hoy|actue|actuar"
)
# The whole of a heading, and only where a list stands below it and no other section is a better match.
ACTIONS_PERHAPS = _set("proposals|the proposals|suggestions|propuestas|las propuestas|sugerencias|peticiones|pasos")

PROS = _set(
    "pros|advantages|upsides|arguments for|argument for|arguments in favor|arguments in favour|"
    "argument in favor|argument in favour|reasons for|reasons to support|reasons in favor|"
    "reasons in favour|points in favor|points for|points in favour|in favour|in favor|plus side|"
    "positive side|positive aspects|speaks for|speak for|bright side|reasons to say yes|case in favor|"
    "case in favour|ventajas|argumentos a favor|argumento a favor|razones a favor|puntos a favor|"
    "aspectos positivos|lo bueno|lado positivo|lado bueno|razones para apoyar|razones para el si|"
    "lo positivo|motivos a favor|los pro|puntos fuertes"
)
PROS_WHOLE = _set(
    "pro|advantage|upside|for|yes|the pros|a favor|ventaja|pro s|por el si|argumentos por el si|si|los pros"
)
PROS_PERHAPS = _set(
    "benefits|benefit|gains|strengths|positives|opportunities|merits|supporters|proponents|advocates|"
    "case for|pluses|promises|what works|"
    "lo que funciona|promesas|potential gains|the good|to gain|rewards|hopes|beneficios|beneficio|fortalezas|"
    "positivos|oportunidades|virtudes|defensores|partidarios|a favor|ganancias|bondades|esperanzas|aciertos"
)
CONS = _set(
    "cons|contras|disadvantages|drawbacks|downsides|arguments against|argument against|reasons against|"
    "reasons to oppose|points against|case against|negative side|negative aspects|speaks against|"
    "speak against|reasons to say no|down side|objections|desventajas|inconvenientes|argumentos en contra|"
    "argumento en contra|razones en contra|puntos en contra|aspectos negativos|lo malo|lado negativo|"
    "lado malo|en contra|objeciones|razones para oponerse|lo negativo|motivos en contra|puntos debiles|"
    "razones para el no"
)
CONS_WHOLE = _set(
    "con|disadvantage|drawback|downside|against|no|the cons|contra|en contra|desventaja|inconveniente|"
    "con s|por el no|argumentos por el no|los contras|peros"
)
CONS_PERHAPS = _set(
    "risks|risk|costs|cost|weaknesses|concerns|negatives|criticisms|critics|opponents|dangers|minuses|"
    "pitfalls|the bad|harms|danos|what does not work|"
    "lo que no funciona|challenges|worries|fears|limitations|trade offs|losses|threats|doubts|riesgos|riesgo|"
    "costes|costos|debilidades|criticas|criticos|peligros|desafios|detractores|opositores|reparos|peros|"
    "negativos|amenazas|preocupaciones|limitaciones|perdidas|temores|dudas|retos|desaciertos"
)
# Both in one heading, in words that don't name them.
BOTH = _set(
    "for and against|both sides|two sides|pro and con|pro y contra|pros and cons|pros y contras|"
    "luces y sombras|trade offs|weighing it up|weighing the arguments|plus and minus|ambas caras|dos caras|"
    "las dos caras|los dos lados|a favor y en contra|pluses and minuses|mas y menos"
)

# Headings that articles have, so that a bare line with these words is one even without other signs.
ORDINARY = _set(
    "introduction|background|context|context and background|overview|analysis|in depth analysis|discussion|"
    "history|conclusion|conclusions|outlook|future outlook|looking ahead|the road ahead|why it matters|"
    "what happened|what comes next|what is next|whats next|summary|sources|references|methodology|method|"
    "methods|results|the problem|the solution|solutions|case study|faq|further reading|the big picture|"
    "timeline|notes|abstract|introduccion|antecedentes|contexto|contexto y antecedentes|panorama|analisis|"
    "analisis a fondo|analisis en profundidad|discusion|historia|conclusion|conclusiones|perspectivas|"
    "perspectivas de futuro|mirando al futuro|por que importa|que paso|que viene|que sigue|lo que viene|"
    "resumen|fuentes|referencias|metodologia|metodo|resultados|el problema|la solucion|soluciones|"
    "caso de estudio|preguntas frecuentes|para saber mas|cronologia|notas|prologo|epilogo|panorama general|"
    "marco|el futuro"
)
