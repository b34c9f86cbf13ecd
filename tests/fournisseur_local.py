"""An OpenID Connect provider on this machine: discovery, keys, tokens signed RS256, who one is."""

import base64
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "barometre", "secret-du-barometre"


@dataclass
class FournisseurLocal:
    """What it answers may be bent by a test before the person comes."""

    personne: dict
    identite: dict = field(default_factory=dict)
    userinfo_signe: bool = False
    cle: rsa.RSAPrivateKey = field(
        default_factory=lambda: rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    cle_publiee: rsa.RSAPrivateKey | None = None
    adresse: str = ""
    codes: dict[str, dict] = field(default_factory=dict)
    demandes: list[dict] = field(default_factory=list)

    def configuration(self) -> dict:
        return {
            "issuer": self.adresse,
            "authorization_endpoint": f"{self.adresse}/autoriser",
            "token_endpoint": f"{self.adresse}/jeton",
            "userinfo_endpoint": f"{self.adresse}/personne",
            "jwks_uri": f"{self.adresse}/cles",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def cles(self) -> dict:
        nombres = (self.cle_publiee or self.cle).public_key().public_numbers()
        return {
            "keys": [
                {
                    "kty": "RSA",
                    "kid": "1",
                    "use": "sig",
                    "alg": "RS256",
                    "n": _en_base64(nombres.n),
                    "e": _en_base64(nombres.e),
                }
            ]
        }

    def signer(self, contenu: dict) -> str:
        base = {"iss": self.adresse, "aud": CLIENT, "iat": int(time.time())}
        tout = {**base, "exp": int(time.time()) + 60, **contenu}
        return jwt.encode(tout, self.cle, algorithm="RS256", headers={"kid": "1"})

    def autoriser(self, demande: dict) -> str:
        """Where the person is sent back, identified."""
        self.demandes.append(demande)
        code = f"code-{len(self.demandes)}"
        self.codes[code] = demande
        suite = urlencode({"code": code, "state": demande["state"]})
        return f"{demande['redirect_uri']}?{suite}"

    def jeton(self, demande: dict) -> dict:
        assert (demande["client_id"], demande["client_secret"]) == (CLIENT, SECRET)
        autorisation = self.codes.pop(demande["code"])
        assert demande["redirect_uri"] == autorisation["redirect_uri"]
        identite = {"sub": self.personne["sub"], "nonce": autorisation["nonce"], **self.identite}
        return {
            "access_token": "acces",
            "token_type": "Bearer",
            "id_token": self.signer(identite),
        }


def _en_base64(nombre: int) -> str:
    octets = nombre.to_bytes((nombre.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


@contextmanager
def fournisseur_local(**personne):
    """Listens on the loopback while the block lasts."""
    fournisseur = FournisseurLocal(personne)

    class Reponses(BaseHTTPRequestHandler):
        def do_GET(self):
            page = urlsplit(self.path)
            demande = {nom: valeurs[0] for nom, valeurs in parse_qs(page.query).items()}
            match page.path:
                case "/.well-known/openid-configuration":
                    self.repondre(fournisseur.configuration())
                case "/cles":
                    self.repondre(fournisseur.cles())
                case "/autoriser":
                    self.send_response(302)
                    self.send_header("Location", fournisseur.autoriser(demande))
                    self.end_headers()
                case "/personne":
                    assert self.headers["Authorization"] == "Bearer acces"
                    if fournisseur.userinfo_signe:
                        texte = fournisseur.signer(fournisseur.personne)
                        self.repondre(texte, "application/jwt")
                    else:
                        self.repondre(fournisseur.personne)

        def do_POST(self):
            corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
            demande = {nom: valeurs[0] for nom, valeurs in parse_qs(corps).items()}
            self.repondre(fournisseur.jeton(demande))

        def repondre(self, contenu, genre="application/json"):
            octets = (contenu if isinstance(contenu, str) else json.dumps(contenu)).encode()
            self.send_response(200)
            self.send_header("Content-Type", genre)
            self.send_header("Content-Length", str(len(octets)))
            self.end_headers()
            self.wfile.write(octets)

        def log_message(self, *_):
            pass

    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Reponses)
    fournisseur.adresse = f"http://127.0.0.1:{serveur.server_port}"
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    try:
        yield fournisseur
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
