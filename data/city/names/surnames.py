"""Surnames by community, commonest first. Typed for this project; nobody in the city is real."""

BRITISH = """smith jones williams taylor brown davies evans wilson thomas johnson roberts robinson thompson wright walker white
edwards hughes green hall lewis harris clarke patel jackson wood turner martin cooper hill ward morris moore clark lee king
baker harrison morgan allen james scott phillips watson davis parker price bennett young griffiths mitchell kelly cook carter
richardson bailey collins bell shaw murphy miller cox richards khan marshall anderson simpson ellis adams singh begum wilkinson
foster chapman powell webb rogers gray mason ali hunt hussain campbell matthews owen palmer holmes mills barnes knight lloyd
butler russell barker fisher stevens jenkins murray dixon harvey graham pearson ahmed fletcher walsh kaur gibson howard andrews
stewart elliott reynolds saunders payne fox ford pearce day brooks west lawrence cole atkinson bradley spencer gill dawson
watts burton rose oliver kennedy perry wells gordon reid barrett stone francis cunningham hart robertson burns hayes chambers
duncan armstrong berry carr johnston hudson ryan bishop webster marsh nicholls hamilton may woods dean porter grant cross
freeman lane hawkins newman harper gardner bird hopkins curtis nicholson bull sullivan coleman austin tucker oneill page
sutton bates miles gilbert parsons griffin lowe read osborne flynn pritchard cooke bond rowe norris george long jennings
chandler bowen bartlett french vaughan davidson hicks hewitt hodgson stephens warren holland mccarthy ball barton burgess
potter henderson oconnor nash banks bryant holt warner hughes byrne sharp hunter obrien daniels moss goodwin cartwright
blake thornton short crawford fuller lambert frost higgins tyler rees morton woodward summers coles pope weaver hobbs gough
pugh fry skinner nelson house wheeler hancock baldwin bush gale pike stokes watkins golding tanner hooper drew lucas bevan
""".split()
POLISH = """nowak kowalski wisniewski wojcik kowalczyk kaminski lewandowski zielinski szymanski wozniak dabrowski kozlowski
jankowski mazur wojciechowski kwiatkowski krawczyk kaczmarek piotrowski grabowski zajac pawlowski michalski krol wieczorek
jablonski wrobel nowakowski majewski olszewski stepien malinowski jaworski adamczyk dudek nowicki pawlak gorski witkowski
walczak sikora rutkowski baran michalak szewczyk ostrowski tomaszewski pietrzak zalewski wroblewski""".split()
ROMANIAN = """popa popescu pop radu ionescu dumitru stan gheorghe stoica matei rusu moldovan constantin munteanu serban lazar
florea ciobanu dinu barbu marin cojocaru neagu toma nistor""".split()
SOMALI = """ali mohamed ahmed abdi hassan hussein omar yusuf ibrahim farah osman jama warsame adan abdullahi ismail aden mohamud
nur isse elmi abdirahman hersi dirie salad guled muse hirsi duale egal samatar barre dahir mire gedi awale roble sheikh
shire warfa""".split()
PAKISTANI = """khan hussain ahmed mahmood ali akhtar begum bibi iqbal malik shah mirza butt hussein aslam rashid akram arshad
ashraf rehman raja qureshi chaudhry javed nawaz saleem siddiqui sheikh bashir majid anwar zaman yousaf tariq hamid latif
aziz parveen kauser mughal""".split()
BANGLADESHI = """begum ahmed miah uddin khatun hussain ali rahman islam khan chowdhury hoque alam choudhury kamal haque bibi ullah
khanom ahmad abdul sultana akter sarkar roy das talukder mia bhuiyan nessa""".split()
INDIAN = """patel singh kaur shah sharma kumar gill mistry chauhan desai parmar joshi mehta thomas joseph george rao reddy nair
menon gupta verma sandhu dhillon solanki rathod pillai varghese mathew grewal sidhu bhatt trivedi fernandes dsouza""".split()
CARIBBEAN = """brown campbell williams johnson clarke thompson reid gordon morgan francis henry lewis grant edwards bailey
samuels mitchell wright stewart anderson james robinson walters blake lawrence palmer mcintosh daley gayle bennett douglas
dixon simpson morrison ferguson powell barrett facey dacosta wynter""".split()
AFRICAN = """mensah owusu adeyemi okafor boateng asante osei adebayo okonkwo appiah nwosu kamara sesay bangura conteh jalloh
addo ofori agyeman ogunleye balogun eze chukwu ibrahim bello mutasa moyo ncube phiri banda tesfaye haile kiros abebe
mwangi""".split()
CHINESE = """chan wong li chen wang zhang liu lam cheung lau ng leung ho yang huang lin wu tang zhou cheng tsang kwok yip fung
xu sun zhao he guo ma""".split()
ARAB = """ahmad hassan ali hussein mohammed ibrahim mahmoud saleh khalil mustafa haddad salem nasser karimi rahimi hosseini
ahmadi amiri aziz kareem rashid sultan yildiz kaya demir aydin osman hamid jaber abbas""".split()

# Rare surnames are built of place-name parts: a long tail of names that hardly anybody else bears.
HEADS = """ash brad brock cal chad clap crow dun east eld fair fen gar had hal hart hath haw hel hen hock holm kel ken kil lang
lid lin long lut mar mel mid nor oak ock os pen pil quen rad red rip rush sax sea sel shep sher sta stan star sting sud sut
swin tad thorn tid tun up wake wal wan wes whit wick win wood wool wy yar yel""".split()
TAILS = """bourne bridge brook bury by church combe cote croft dale den don ditch field ford gate ham hampton head hurst ing
ington land leigh ley low man mead mere moor more nell over port ridge sett shaw side stead stock stone street thorpe ton
tree under wade wall ward water way well wick worth worthy yard""".split()
