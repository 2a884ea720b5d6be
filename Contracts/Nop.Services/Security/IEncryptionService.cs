namespace Nop.Services.Security;

/// <summary>Encrypts with the key of the shop.</summary>
public interface IEncryptionService
{
    string DecryptText(string cipherText, string encryptionPrivateKey = "");
    string EncryptText(string plainText, string encryptionPrivateKey = "");
}
